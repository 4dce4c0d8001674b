import type { Assertions } from '../Suite';

/** How the server says no. */
export const errors: Assertions = suite => {
  const get = (path: string, user?: 'stranger') =>
    suite.target.kubernetes.get(path, { user });

  suite.assert('an object that is not there', async () => {
    const { status, contentType, body } = await get(
      '/apis/apps/v1/namespaces/team-a-dev/deployments/nobody',
    );
    expect(status).toBe(404);
    expect(contentType).toBe('application/json');
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'deployments.apps "nobody" not found',
      reason: 'NotFound',
      details: { name: 'nobody', group: 'apps', kind: 'deployments' },
      code: 404,
    });
  });

  suite.assert('an object of the core group that is not there', async () => {
    const { body } = await get('/api/v1/namespaces/nobody');
    expect(body).toMatchObject({
      message: 'namespaces "nobody" not found',
      reason: 'NotFound',
      details: { name: 'nobody', kind: 'namespaces' },
    });
  });

  suite.assert('a list in a namespace that is not there is empty', async () => {
    const { status, body } = await suite.target.kubernetes.list(
      '/api/v1/namespaces/nobody/pods',
    );
    expect(status).toBe(200);
    expect(body.items).toEqual([]);
  });

  suite.assert('a token that is nobody’s', async () => {
    const { status, body } = await get('/api/v1/namespaces', 'stranger');
    expect(status).toBe(401);
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'Unauthorized',
      reason: 'Unauthorized',
      code: 401,
    });
  });

  suite.assert('a type that is not served', async () => {
    const { status, body } = await get('/apis/apps/v1/sandwiches');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  });
};
