import { expectLikeReal } from '../expectLikeReal';
import type { Assertions } from '../Suite';
import { forgeAnswer } from './forgeAnswer';

const REPOSITORY = '/repos/acme/platform';

/** Who may do what, by REST and by Git. */
export const access: Assertions = suite => {
  const get = (
    user: 'nobody' | 'stranger' | 'argocd' | 'portal-bot',
    path: string,
  ) =>
    suite.target.forge.request<{ message?: string; login?: string }>(
      user,
      'GET',
      path,
    );

  suite.assert('a token that is nobody’s', async () => {
    const { status, body } = await get('stranger', REPOSITORY);
    expect(status).toBe(401);
    expectLikeReal('forge-unauthorized', forgeAnswer(body));
  });

  suite.assert('a private repository is not there for nobody', async () => {
    const { status, body } = await get('nobody', REPOSITORY);
    expect(status).toBe(404);
    expectLikeReal('forge-hidden', forgeAnswer(body));
  });

  suite.assert('a token tells whose it is', async () => {
    const { status, body } = await get('portal-bot', '/user');
    expect(status).toBe(200);
    expect(body.login).toBe('portal-bot');
  });

  suite.assert('the version can be asked for', async () => {
    const { body } = await get('portal-bot', '/version');
    expect(body).toEqual({ version: expect.stringMatching(/^1\.26\.\d+$/) });
  });

  suite.assert(
    'who reads opens no pull request',
    async () => {
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
    },
    60,
  );

  suite.assert('Git wants a token', async () => {
    const { repository, forge } = suite.target;
    for (const user of ['nobody', 'stranger'] as const) {
      await expect(
        repository.git(user, 'ls-remote', forge.repositoryUrl),
      ).rejects.toThrow(/could not read Username|Authentication failed/);
    }
  });

  suite.assert('who reads does not push', async () => {
    const { repository } = suite.target;
    await expect(
      repository.git('argocd', 'push', 'origin', 'HEAD:refs/heads/by-argocd'),
    ).rejects.toThrow(/403|denied|unauthorized/i);
  });

  suite.assert(
    'the portal does not push to main',
    async () => {
      const { repository } = suite.target;
      await repository.branch('for-main', { 'infra/for-main.md': 'x\n' });
      await expect(
        repository.git('portal-bot', 'push', 'origin', 'HEAD:refs/heads/main'),
      ).rejects.toThrow(/protected branch/);
    },
    60,
  );

  suite.assert(
    'a branch is not overwritten without force',
    async () => {
      const { repository } = suite.target;
      await repository.branch('taken', { 'infra/taken.md': '1\n' });
      await expect(
        repository.branch('taken', { 'infra/taken.md': '2\n' }),
      ).rejects.toThrow(/rejected/);
    },
    60,
  );

  suite.assert(
    'a branch is made only when it is new, where that is asked for',
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
    60,
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
