import type { Assertions } from '../Suite';

/** Queries with the status and message that they get. */
const REFUSED_OPTIONS: Array<[Record<string, string>, number, string]> = [
  [{ limit: 'x' }, 400, 'strconv.ParseInt: parsing "x": invalid syntax'],
  [
    { timeoutSeconds: '1.5' },
    400,
    'strconv.ParseInt: parsing "1.5": invalid syntax',
  ],
  [
    { resourceVersion: '-1' },
    400,
    'invalid resource version: resourceVersion: Invalid value: "-1": strconv.ParseUint: parsing "-1": invalid syntax',
  ],
  [
    { continue: 'eyJ2IjoieCJ9' },
    400,
    'invalid continue token: continue key is not valid: server does not recognize this encoded version x',
  ],
  [
    { resourceVersionMatch: 'x' },
    422,
    'ListOptions.meta.k8s.io "" is invalid: [resourceVersionMatch: Forbidden: resourceVersionMatch is forbidden unless resourceVersion is provided, resourceVersionMatch: Unsupported value: "x": supported values: "Exact", "NotOlderThan", ""]',
  ],
  [
    { sendInitialEvents: 'true' },
    422,
    'ListOptions.meta.k8s.io "" is invalid: sendInitialEvents: Forbidden: sendInitialEvents is forbidden for list',
  ],
  [
    { labelSelector: 'a=b=c' },
    400,
    "found '=', expected: ',' or 'end of string'",
  ],
  [
    { labelSelector: 'a b' },
    400,
    "unable to parse requirement: found 'b', expected: in, notin, =, ==, !=, gt, lt",
  ],
  [
    { fieldSelector: 'metadata.name=a=b' },
    400,
    'invalid field selector: unescaped character in value: 61',
  ],
  [{ fieldSelector: 'x' }, 400, "invalid selector: 'x'; can't understand 'x'"],
];

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

  suite.assert('an unknown type of any group', async () => {
    for (const path of [
      '/apis/apps/v1/sandwiches',
      '/apis/apps/v2/deployments',
      '/api/v1/pods/web',
      '/api/v2/pods',
    ]) {
      const { status, body } = await get(path);
      expect({ path, status, body }).toMatchObject({
        path,
        status: 404,
        body: {
          kind: 'Status',
          reason: 'NotFound',
          message: 'the server could not find the requested resource',
          details: {},
        },
      });
    }
  });

  suite.assert('a media type that no server has', async () => {
    const { status, body } = await suite.target.kubernetes.get(
      '/api/v1/namespaces',
      { accept: 'text/html' },
    );
    expect(status).toBe(406);
    expect(body).toMatchObject({
      reason: 'NotAcceptable',
      details: {},
      message: expect.stringMatching(
        /^406: Not Acceptable\n\nAvailable representations: application\/json, /,
      ),
    });
  });

  suite.assert('numbers and options that are not allowed', async () => {
    for (const [query, code, message] of REFUSED_OPTIONS) {
      const { status, body } = await suite.target.kubernetes.get(
        '/api/v1/namespaces/team-a-dev/configmaps',
        { query },
      );
      expect({ query, status, body }).toMatchObject({
        query,
        status: code,
        body: { code, message },
      });
    }
  });

  suite.assert('a limit below zero returns everything', async () => {
    const { status } = await suite.target.kubernetes.list(
      '/api/v1/namespaces/team-a-dev/configmaps',
      { limit: '-1' },
    );
    expect(status).toBe(200);
  });
};
