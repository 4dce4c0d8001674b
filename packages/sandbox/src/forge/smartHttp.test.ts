import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import {
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { git, pushBranch, urlFor } from '../__testUtils__/git';
import { sandboxAccounts } from './accounts';
import { NULL_COMMIT, type PushEvent } from './events';

describe('Git over smart HTTP', () => {
  let fixture: ForgeFixture;
  beforeAll(async () => {
    fixture = await startForgeFixture({
      'infra/README.md': 'The platform\n',
      'infra/.hidden/file': 'x\n',
      'templates/ml-service/template.yaml': 'kind: Template\n',
    });
  });
  afterAll(() => fixture.stop());

  it('starts with an initial commit of the seed directories', async () => {
    const { clone } = fixture;
    expect(await git(clone, 'log', '--format=%s by %an', 'origin/main')).toBe(
      'Initial platform repository by Platform engineer',
    );
    expect((await git(clone, 'ls-files')).split('\n')).toEqual([
      'infra/.hidden/file',
      'infra/README.md',
      'templates/ml-service/template.yaml',
    ]);
  });

  it('accepts pushes, notifies listeners, and serves commits by id', async () => {
    const { clone, directory, forge } = fixture;
    const events: PushEvent[] = [];
    const unsubscribe = forge.onPush(event => events.push(event));
    const commit = await pushBranch(clone, 'ml-platform/a', { 'infra/a': 'a' });
    unsubscribe();
    expect(events).toEqual([
      {
        ref: 'refs/heads/ml-platform/a',
        before: NULL_COMMIT,
        after: commit,
        pusher: sandboxAccounts.portal,
      },
    ]);

    const other = join(directory, 'by-id');
    await git(directory, 'init', '--quiet', other);
    const url = urlFor(sandboxAccounts.argocd, forge.repositoryUrl);
    await git(
      other,
      'fetch',
      '--quiet',
      '--depth=1',
      '--filter=blob:none',
      url,
      commit,
    );
    expect(await git(other, 'rev-parse', 'FETCH_HEAD')).toBe(commit);
  });

  it('supports partial clones without blobs', async () => {
    const { directory, forge } = fixture;
    const url = urlFor(sandboxAccounts.portal, forge.repositoryUrl);
    await git(
      directory,
      'clone',
      '--quiet',
      '--filter=blob:none',
      '--no-checkout',
      url,
      'partial',
    );
    const partial = join(directory, 'partial');
    const missing = await git(
      partial,
      'rev-list',
      '--objects',
      '--all',
      '--missing=print',
    );
    expect(missing).toMatch(/^\?[0-9a-f]{40}$/m);
    expect(await git(partial, 'show', 'HEAD:infra/README.md')).toBe(
      'The platform',
    );
  });

  it('accepts large pushes in chunked encoding', async () => {
    const { clone } = fixture;
    const commit = await pushBranch(clone, 'large', {
      'infra/large': randomBytes(3_000_000).toString('hex'),
    });
    expect(await git(clone, 'ls-remote', 'origin', 'large')).toContain(commit);
  });

  it('accepts compressed requests, as Git sends large ones', async () => {
    const { forge } = fixture;
    const { login, token } = sandboxAccounts.argocd;
    const response = await fetch(`${forge.url}/acme/platform/git-upload-pack`, {
      method: 'POST',
      headers: {
        Authorization: `Basic ${Buffer.from(`${login}:${token}`).toString(
          'base64',
        )}`,
        'Git-Protocol': 'version=2',
        'Content-Type': 'application/x-git-upload-pack-request',
        'Content-Encoding': 'gzip',
      },
      body: gzipSync('0014command=ls-refs\n00010000'),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain(' refs/heads/main\n');
  });

  it('protects the default branch and the refs of pull requests', async () => {
    const { clone, directory, forge } = fixture;
    await git(clone, 'checkout', '--quiet', 'main');
    await git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'Past review');
    await expect(git(clone, 'push', 'origin', 'main')).rejects.toThrow(
      'Not allowed to push to protected branch main',
    );
    await expect(git(clone, 'push', 'origin', ':main')).rejects.toThrow(
      'Gitea: branch main is the default branch and cannot be deleted',
    );
    await expect(
      git(clone, 'push', 'origin', 'main:refs/pull/9/head'),
    ).rejects.toThrow('hidden ref');

    const url = urlFor(sandboxAccounts.platformEngineer, forge.repositoryUrl);
    await git(clone, 'push', '--quiet', url, 'main');
    const pushed = await git(clone, 'rev-parse', 'main');
    expect(await git(directory, 'ls-remote', url, 'main')).toContain(pushed);

    await git(
      clone,
      'commit',
      '--quiet',
      '--amend',
      '--allow-empty',
      '-m',
      'Rewritten',
    );
    await expect(git(clone, 'push', '--force', url, 'main')).rejects.toThrow(
      'Gitea: branch main is protected from force push',
    );
    await expect(git(clone, 'push', url, ':main')).rejects.toThrow(
      'Gitea: branch main is the default branch and cannot be deleted',
    );
    expect(await git(directory, 'ls-remote', url, 'main')).toContain(pushed);
    await git(clone, 'reset', '--quiet', '--hard', pushed);
  });

  it.each([
    ['an anonymous client', undefined, 'could not read Username'],
    [
      'a wrong token',
      { ...sandboxAccounts.portal, token: 'wrong' },
      'Authentication failed',
    ],
  ])('rejects %s', async (_name, account, message) => {
    const { directory, forge } = fixture;
    const url = account
      ? urlFor(account, forge.repositoryUrl)
      : forge.repositoryUrl;
    await expect(git(directory, 'ls-remote', url)).rejects.toThrow(message);
  });

  it('denies pushes of readers, and other repositories', async () => {
    const { clone, directory, forge } = fixture;
    const url = urlFor(sandboxAccounts.argocd, forge.repositoryUrl);
    expect(await git(directory, 'ls-remote', url, 'HEAD')).toContain('HEAD');
    await expect(
      git(clone, 'push', url, 'HEAD:refs/heads/mine'),
    ).rejects.toThrow('403');
    await expect(
      git(directory, 'ls-remote', url.replace('platform', 'other')),
    ).rejects.toThrow('not found');
  });

  it('does not serve dumb HTTP', async () => {
    const { call } = fixture;
    expect((await call('get', '/acme/platform.git/info/refs')).status).toBe(
      403,
    );
    expect((await call('get', '/acme/platform.git/config')).status).toBe(404);
    expect(
      (await call('get', '/acme/platform.git/objects/../config')).status,
    ).toBe(404);
  });
});
