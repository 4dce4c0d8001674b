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
    const notFound = {
      status: 404,
      body: {
        kind: 'Status',
        apiVersion: 'v1',
        metadata: {},
        status: 'Failure',
        message: 'the server could not find the requested resource',
        reason: 'NotFound',
        details: {},
        code: 404,
      },
    };
    for (const path of [
      '/apis/apps/v1/widgets',
      '/apis/apps/v2/deployments',
      '/api/v1/widgets',
      '/api/v1/pods/x',
      '/api/v1/namespaces/a/nodes',
      '/api/v1/namespaces/a/pods/x/widget',
      '/api/v1/namespaces/a/pods/x/log/y',
      '/api/v2',
      '/openapi/v2',
    ]) {
      expect(await get(path)).toEqual(notFound);
    }
    for (const path of ['//', '/%zz', '/apis/example.com/v1/widgets']) {
      expect(await get(path)).toEqual({
        status: 404,
        body: '404 page not found\n',
      });
    }
    for (const [method, path] of [
      ['PUT', '/api/v1/namespaces/team/configmaps'],
      ['POST', '/api/v1/namespaces/team/configmaps/x'],
      ['DELETE', '/apis/apps/v1'],
      ['POST', '/version'],
      ['PUT', '/api/v1/namespaces/team/pods/x/log'],
    ]) {
      const response = await fetch(api.url + path, { method });
      expect(await response.json()).toMatchObject({
        code: 405,
        reason: 'MethodNotAllowed',
        message:
          'the server does not allow this method on the requested resource',
        details: {},
      });
    }
    expect(
      await get('/apis/authorization.k8s.io/v1/selfsubjectaccessreviews'),
    ).toMatchObject({ status: 405 });
  });

  it('serves statuses, scales and health checks', async () => {
    const { get, store } = api;
    store.create({
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web', namespace: 'team' },
      spec: { replicas: 2, selector: { matchLabels: { app: 'web' } } },
      status: { replicas: 1 },
    });
    const path = '/apis/apps/v1/namespaces/team/deployments/web';
    expect((await get(`${path}/status`)).body).toMatchObject({
      kind: 'Deployment',
      status: { replicas: 1 },
    });
    expect((await get(`${path}/scale`)).body).toMatchObject({
      kind: 'Scale',
      apiVersion: 'autoscaling/v1',
      metadata: { name: 'web' },
      spec: { replicas: 2 },
      status: { replicas: 1, selector: 'app=web' },
    });
    expect((await get('/livez?verbose')).body).toBe(
      '[+]ping ok\nlivez check passed\n',
    );
    expect((await get('/readyz/ping')).body).toBe('ok');
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
