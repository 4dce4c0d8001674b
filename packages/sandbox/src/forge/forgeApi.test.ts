import {
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { git, pushBranch } from '../__testUtils__/git';
import { sandboxAccounts } from './accounts';

const { argocd } = sandboxAccounts;

describe("the forge's API", () => {
  let fixture: ForgeFixture;
  beforeEach(async () => {
    fixture = await startForgeFixture({
      'infra/README.md': 'one\ntwo\nthree\n',
      'templates/t.yaml': 'kind: Template\n',
    });
  });
  afterEach(() => fixture.stop());

  const open = (head: string, extra: object = {}) =>
    fixture.call('post', 'pulls', {
      title: `Request of ${head}`,
      head,
      base: 'main',
      ...extra,
    });

  it('keeps labels, statuses and comments across a restart', async () => {
    const { call, clone } = fixture;
    const commit = await pushBranch(clone, 'a', { 'infra/a': 'a' });
    await open('a');
    await call('post', 'labels', { name: 'ml-platform', color: '00aabb' });
    expect(
      (await call('post', 'issues/1/labels', { labels: ['ml-platform'] })).body,
    ).toHaveLength(1);
    expect(
      (await call('post', 'issues/1/comments', { body: 'Seen' })).status,
    ).toBe(201);
    expect((await call('get', `commits/${commit}/status`)).body.state).toBe(
      'pending',
    );
    await call('post', `statuses/${commit}`, {
      state: 'failure',
      context: 'check',
      description: 'no',
    });
    await call('post', `statuses/${commit}`, {
      state: 'success',
      context: 'check',
      description: 'yes',
    });

    await fixture.restart();
    expect((await call('get', 'pulls/1')).body).toMatchObject({
      comments: 1,
      labels: [{ name: 'ml-platform' }],
    });
    expect((await call('get', `commits/a/status`)).body).toMatchObject({
      state: 'success',
      total_count: 1,
      statuses: [{ context: 'check', status: 'success', description: 'yes' }],
    });
    expect(await git(clone, 'ls-remote', 'origin', 'a')).toContain(commit);
  });

  it.each<[string, 'get' | 'post', string, object | undefined, number]>([
    [
      'an unknown branch',
      'post',
      'pulls',
      { title: 't', head: 'no', base: 'main' },
      404,
    ],
    [
      'main onto main',
      'post',
      'pulls',
      { title: 't', head: 'main', base: 'main' },
      422,
    ],
    ['no title', 'post', 'pulls', { head: 'main', base: 'main' }, 422],
    ['an unknown pull request', 'get', 'pulls/7', undefined, 404],
    ['an unknown file', 'get', 'contents/infra/no', undefined, 404],
    ['an option as ref', 'get', 'git/commits/--output=x', undefined, 404],
    ['an expression as ref', 'get', 'git/commits/main~1', undefined, 404],
    [
      'a status of an unknown commit',
      'post',
      'statuses/abcdef1',
      { state: 'success' },
      404,
    ],
    ['webhooks without admin access', 'get', 'hooks', undefined, 403],
  ])('rejects %s', async (_name, method, path, body, status) => {
    const response = await fixture.call(method, path, body);
    expect(response.status).toBe(status);
    expect(response.body).toEqual({
      message: expect.any(String),
      url: `${fixture.forge.url}/api/swagger`,
      ...(status === 404 && { errors: null }),
    });
  });

  it('authenticates accounts and enforces their permissions', async () => {
    const { call, clone, forge } = fixture;
    expect(
      (await call('get', '/api/v1/version', undefined, null)).body,
    ).toEqual({ version: '1.26.0' });
    expect(
      (await call('get', '/api/v1/repos/acme/platform', undefined, null))
        .status,
    ).toBe(404);
    expect(
      (await call('get', 'pulls', undefined, { ...argocd, token: 'no' }))
        .status,
    ).toBe(401);
    expect(
      (await call('get', '/api/v1/repos/acme/platform', undefined, argocd)).body
        .permissions,
    ).toEqual({
      admin: false,
      push: false,
      pull: true,
    });
    await pushBranch(clone, 'a', { 'infra/a': 'a' });
    const pull = { title: 't', head: 'a', base: 'main' };
    expect((await call('post', 'pulls', pull, argocd)).status).toBe(403);
    const basic = Buffer.from('portal-bot:sandbox-portal-token').toString(
      'base64',
    );
    for (const authorization of [
      `basic ${basic}`,
      'Bearer sandbox-portal-token',
    ]) {
      const response = await fetch(`${forge.url}/api/v1/repos/acme/platform`, {
        headers: { authorization },
      });
      expect(response.status).toBe(200);
    }
  });
});
