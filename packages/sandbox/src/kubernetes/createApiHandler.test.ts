import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import { ApiFixture } from '../__testUtils__/ApiFixture';

describe('createApiHandler', () => {
  let api: ApiFixture;
  beforeEach(async () => {
    api = await ApiFixture.start();
  });
  afterEach(() => api.stop());

  it('returns errors as the Status objects of the real API server', async () => {
    const { get } = api;
    expect(await get('/apis/apps/v1/namespaces/team/deployments/x')).toEqual({
      status: 404,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'deployments.apps "x" not found',
        reason: 'NotFound',
        details: { name: 'x', group: 'apps', kind: 'deployments' },
        code: 404,
      },
    });
    for (const path of ['/apis/apps/v1/widgets', '/apis/apps/v2/deployments']) {
      expect(await get(path)).toMatchObject({
        status: 404,
        body: {
          reason: 'NotFound',
          message: 'the server could not find the requested resource',
        },
      });
    }
    for (const path of [
      '/api/v1/pods/x',
      '/api/v1/namespaces/a/nodes',
      '/openapi/v2',
      '//',
      '/%zz',
    ]) {
      expect(await get(path)).toEqual({
        status: 404,
        body: '404 page not found\n',
      });
    }
    const post = await fetch(`${api.url}/api/v1/namespaces/team/configmaps`, {
      method: 'POST',
      body: '{}',
    });
    expect(await post.json()).toMatchObject({
      code: 405,
      reason: 'MethodNotAllowed',
    });
  });

  it('redirects links to Argo CD pages to the Application object', async () => {
    const { store } = api;
    store.create({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name: 'team--scorer--dev', namespace: 'argocd' },
    });
    const response = await fetch(`${api.url}/applications/team--scorer--dev`);
    expect(await response.json()).toMatchObject({
      kind: 'Application',
      metadata: { name: 'team--scorer--dev' },
    });
  });

  it('accepts requests of the portal and of local programs only', async () => {
    const { get } = api;
    expect(await get('/api/v1/pods', {})).toMatchObject({ status: 200 });
    expect(
      await get('/api/v1/pods', { Authorization: 'Bearer other' }),
    ).toMatchObject({ status: 401, body: { reason: 'Unauthorized' } });
    const rebound = httpRequest(`${api.url}/api/v1/pods`, {
      headers: { Host: 'evil.example.com' },
    });
    rebound.end();
    const [response] = await once(rebound, 'response');
    expect(response.statusCode).toBe(403);
  });
});
