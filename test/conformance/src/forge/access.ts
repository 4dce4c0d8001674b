import { expectLikeReal } from '../expectLikeReal';
import type { Assertions } from '../Suite';
import { normaliseResponse } from './normaliseResponse';
import { REPOSITORY } from './PullRequestClient';

/** Permissions of accounts in the REST API and in Git. */
export const access: Assertions = suite => {
  const get = (
    user: 'anonymous' | 'invalid-token' | 'argocd' | 'portal-bot',
    path: string,
  ) =>
    suite.target.forge.request<{ message?: string; login?: string }>(
      user,
      'GET',
      path,
    );

  suite.assert('an invalid token', async () => {
    const { status, body } = await get('invalid-token', REPOSITORY);
    expect(status).toBe(401);
    expectLikeReal('forge-unauthorized', normaliseResponse(body));
  });

  suite.assert(
    'a private repository is hidden from anonymous callers',
    async () => {
      const { status, body } = await get('anonymous', REPOSITORY);
      expect(status).toBe(404);
      expectLikeReal('forge-hidden', normaliseResponse(body));
    },
  );

  suite.assert('the owner of a token', async () => {
    const { status, body } = await get('portal-bot', '/user');
    expect(status).toBe(200);
    expect(body.login).toBe('portal-bot');
  });

  suite.assert('the version of the forge', async () => {
    const { body } = await get('portal-bot', '/version');
    expect(body).toEqual({ version: expect.stringMatching(/^1\.26\.\d+$/) });
  });

  suite.assert('a reader cannot set a status', async () => {
    await suite.target.repository.branch('by-reader', {
      'infra/by-reader.md': 'x\n',
    });
    const { status } = await suite.target.forge.request(
      'argocd',
      'POST',
      `${REPOSITORY}/statuses/${await suite.target.repository.git(
        'argocd',
        'rev-parse',
        'HEAD',
      )}`,
      { state: 'success' },
    );
    expect(status).toBe(403);
  });

  suite.assert('Git requires a token', async () => {
    const { repository, forge } = suite.target;
    for (const user of ['anonymous', 'invalid-token'] as const) {
      await expect(
        repository.git(user, 'ls-remote', forge.repositoryUrl),
      ).rejects.toThrow(/could not read Username|Authentication failed/);
    }
  });

  suite.assert('a reader cannot push', async () => {
    const { repository } = suite.target;
    await expect(
      repository.git('argocd', 'push', 'origin', 'HEAD:refs/heads/by-argocd'),
    ).rejects.toThrow(/403|denied|unauthorized/i);
  });

  suite.assert('the portal cannot push to main', async () => {
    const { repository } = suite.target;
    await repository.branch('for-main', { 'infra/for-main.md': 'x\n' });
    await expect(
      repository.git('portal-bot', 'push', 'origin', 'HEAD:refs/heads/main'),
    ).rejects.toThrow(/protected branch/);
  });

  suite.assert('a token is taken with any user name', async () => {
    const { forge } = suite.target;
    const token = forge.token('portal-bot');
    const basic = (user: string, password: string) =>
      `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    for (const authorization of [
      basic('portal-bot', token),
      basic('anybody', token),
      basic('', token),
      basic(token, ''),
      basic(token, 'x-oauth-basic'),
      `token ${token}`,
      `Bearer ${token}`,
      undefined,
    ]) {
      const query = authorization ? '' : `?token=${token}`;
      const response = await fetch(`${forge.url}/api/v1/user${query}`, {
        headers: authorization ? { authorization } : {},
      });
      expect(await response.json()).toMatchObject({ login: 'portal-bot' });
    }
  });

  suite.assert('main is neither rewritten nor deleted', async () => {
    const { repository } = suite.target;
    const push = (...args: string[]) =>
      repository.git('platform-engineer', 'push', 'origin', ...args);
    const unrelated = await repository.git(
      'platform-engineer',
      'commit-tree',
      'HEAD^{tree}',
      '-m',
      'Rewritten',
    );
    await expect(
      push('--force', `${unrelated}:refs/heads/main`),
    ).rejects.toThrow('branch main is protected from force push');
    await expect(push(':refs/heads/main')).rejects.toThrow(
      'branch main is the default branch and cannot be deleted',
    );
  });

  suite.assert('a branch is not overwritten without force', async () => {
    const { repository } = suite.target;
    await repository.branch('taken', { 'infra/taken.md': '1\n' });
    await expect(
      repository.branch('taken', { 'infra/taken.md': '2\n' }),
    ).rejects.toThrow(/rejected/);
  });

  suite.assert(
    'a push with an empty lease only creates new branches',
    async () => {
      const { repository } = suite.target;
      await repository.branch('created', { 'infra/created.md': '1\n' });
      await repository.git('portal-bot', 'fetch', '--quiet', 'origin', 'main');
      await expect(
        repository.git(
          'portal-bot',
          'push',
          '--force-with-lease=refs/heads/created:',
          'origin',
          'origin/main:refs/heads/created',
        ),
      ).rejects.toThrow(/stale info|rejected/);
    },
  );

  suite.assert('a file and a tree can be read at a branch', async () => {
    const file = await get(
      'portal-bot',
      `${REPOSITORY}/contents/templates/README.md?ref=main`,
    );
    expect(file.status).toBe(200);
    expect(file.body).toMatchObject({
      name: 'README.md',
      path: 'templates/README.md',
      type: 'file',
      encoding: 'base64',
    });
    const tree = await suite.target.forge.request<{
      truncated: boolean;
      tree: Array<{ path: string; type: string; mode: string }>;
    }>('portal-bot', 'GET', `${REPOSITORY}/git/trees/main?recursive=true`);
    expect(tree.body.tree).toContainEqual(
      expect.objectContaining({
        path: 'templates/README.md',
        type: 'blob',
        mode: '100644',
      }),
    );
    const missing = await get(
      'portal-bot',
      `${REPOSITORY}/contents/nowhere.md?ref=main`,
    );
    expect(missing.status).toBe(404);
  });
};
