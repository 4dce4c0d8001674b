import type { Assertions } from '../Suite';

/** Error responses of the API server. */
export const errors: Assertions = suite => {
  const get = (path: string, user?: 'invalid-token') =>
    suite.target.kubernetes.get(path, { user });

  suite.assert('a missing object', async () => {
    const { status, contentType, body } = await get(
      '/apis/apps/v1/namespaces/team-a-dev/deployments/missing',
    );
    expect(status).toBe(404);
    expect(contentType).toBe('application/json');
    expect(body).toEqual({
      kind: 'Status',
      apiVersion: 'v1',
      metadata: {},
      status: 'Failure',
      message: 'deployments.apps "missing" not found',
      reason: 'NotFound',
      details: { name: 'missing', group: 'apps', kind: 'deployments' },
      code: 404,
    });
  });

  suite.assert('a missing object of the core group', async () => {
    const { body } = await get('/api/v1/namespaces/missing');
    expect(body).toMatchObject({
      message: 'namespaces "missing" not found',
      reason: 'NotFound',
      details: { name: 'missing', kind: 'namespaces' },
    });
  });

  suite.assert('a list in a missing namespace is empty', async () => {
    const { status, body } = await suite.target.kubernetes.list(
      '/api/v1/namespaces/missing/pods',
    );
    expect(status).toBe(200);
    expect(body.items).toEqual([]);
  });

  suite.assert('an invalid token', async () => {
    const { status, body } = await get('/api/v1/namespaces', 'invalid-token');
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

  suite.assert('an unknown type', async () => {
    const { status, body } = await get('/apis/apps/v1/sandwiches');
    expect(status).toBe(404);
    expect(body).toMatchObject({
      kind: 'Status',
      reason: 'NotFound',
      message: 'the server could not find the requested resource',
    });
  });
};
