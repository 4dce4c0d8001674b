import { ApiFixture } from '../__testUtils__/ApiFixture';

const REASON =
  'this is the sandbox, which is read-only because Argo CD applies all objects from Git. To scale, edit replicas in the manifest of the workload. ' +
  'Clone the platform repository with "git clone http://127.0.0.1:7010/acme/platform.git", push a branch and open a pull request';

describe('reviews', () => {
  let api: ApiFixture;
  beforeEach(async () => {
    api = await ApiFixture.start();
  });
  afterEach(() => api.stop());

  const review = async (
    path: string,
    body: object | Buffer,
    headers: Record<string, string> = {},
  ) => {
    const response = await fetch(`${api.url}/apis/${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: Buffer.isBuffer(body) ? new Uint8Array(body) : JSON.stringify(body),
    });
    return { status: response.status, body: await response.json() };
  };
  const access = (resourceAttributes: object) =>
    review('authorization.k8s.io/v1/selfsubjectaccessreviews', {
      spec: { resourceAttributes },
    });

  it('allow reads and deny writes with the reason of a refused write', async () => {
    expect(
      await access({ verb: 'list', group: 'apps', resource: 'deployments' }),
    ).toMatchObject({
      status: 201,
      body: {
        kind: 'SelfSubjectAccessReview',
        status: { allowed: true },
      },
    });
    for (const [attributes, allowed] of [
      [{ verb: 'get', resource: 'pods', subresource: 'log' }, true],
      [{ verb: 'watch', group: '*', resource: 'pods' }, true],
      [{ verb: 'list', resource: '*', group: '*' }, true],
      [{ verb: 'get', resource: 'pods', subresource: 'exec' }, false],
      [{ verb: '*', resource: '*', group: '*' }, false],
      [{ verb: 'get', group: 'metrics.k8s.io', resource: 'pods' }, false],
    ] as const) {
      expect((await access(attributes)).body.status.allowed).toBe(allowed);
    }
    expect(
      (
        await access({
          verb: 'patch',
          group: 'apps',
          resource: 'deployments',
          subresource: 'scale',
        })
      ).body.status,
    ).toEqual({ allowed: false, reason: REASON });
    expect(
      await review('authorization.k8s.io/v1/selfsubjectaccessreviews', {}),
    ).toMatchObject({
      status: 422,
      body: {
        message:
          '.authorization.k8s.io "" is invalid: spec.resourceAttributes: Invalid value: null: exactly one of nonResourceAttributes or resourceAttributes must be specified',
      },
    });
  });

  it('are read in Protocol Buffers, in which Go clients send them', async () => {
    const field = (number: number, value: Buffer) =>
      Buffer.concat([Buffer.from([number * 8 + 2, value.length]), value]);
    const attributes = Buffer.concat([
      field(2, Buffer.from('list')),
      field(5, Buffer.from('pods')),
    ]);
    const body = Buffer.concat([
      Buffer.from('k8s\0'),
      field(2, field(2, field(1, attributes))),
    ]);
    expect(
      await review('authorization.k8s.io/v1/selfsubjectaccessreviews', body, {
        'Content-Type': 'application/vnd.kubernetes.protobuf',
      }),
    ).toMatchObject({
      status: 201,
      body: {
        spec: { resourceAttributes: { verb: 'list', resource: 'pods' } },
        status: { allowed: true },
      },
    });
  });

  it('list the rules and the name of the caller', async () => {
    const { body } = await review(
      'authorization.k8s.io/v1/selfsubjectrulesreviews',
      { spec: { namespace: 'team' } },
    );
    expect(body.status.resourceRules).toEqual(
      expect.arrayContaining([
        {
          verbs: ['get'],
          apiGroups: ['batch'],
          resources: ['jobs/status', 'cronjobs/status'],
        },
      ]),
    );
    const name = async (headers: Record<string, string>) =>
      (await review('authentication.k8s.io/v1/selfsubjectreviews', {}, headers))
        .body.status.userInfo.username;
    expect(await name({})).toBe('system:anonymous');
    expect(await name({ Authorization: 'Bearer sandbox-portal-token' })).toBe(
      'sandbox-portal',
    );
  });

  it('of others are refused', async () => {
    expect(
      await review(
        'authorization.k8s.io/v1/namespaces/team/localsubjectaccessreviews',
        {},
      ),
    ).toMatchObject({
      status: 403,
      body: {
        reason: 'Forbidden',
        message: expect.stringContaining(
          'ask about yourself with a SelfSubjectAccessReview',
        ),
      },
    });
  });
});
