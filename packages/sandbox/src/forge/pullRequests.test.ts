import {
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { git, pushBranch } from '../__testUtils__/git';
import { sandboxAccounts } from './accounts';

const { platformEngineer } = sandboxAccounts;

describe('pull requests', () => {
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
  const merge = (number: number, body: object = { Do: 'merge' }) =>
    fixture.call('post', `pulls/${number}/merge`, body, platformEngineer);

  it('opens, shows and merges a pull request with a merge commit', async () => {
    const { call, clone } = fixture;
    const label = await call('post', 'labels', {
      name: 'ml-platform',
      color: '#00aabb',
    });
    expect(label).toMatchObject({
      status: 201,
      body: { name: 'ml-platform', color: '00aabb' },
    });
    const commit = await pushBranch(clone, 'ml-platform/ml-service/a', {
      'infra/added.yaml': 'a: 1\n',
      'infra/README.md': 'one\n2\nthree\n',
    });

    const opened = await open('ml-platform/ml-service/a', {
      body: 'Why',
      labels: [label.body.id],
    });
    expect(opened.status).toBe(201);
    expect(opened.body).toMatchObject({
      number: 1,
      state: 'open',
      mergeable: true,
      merged: false,
      user: { login: 'portal-bot' },
      labels: [{ name: 'ml-platform' }],
      html_url: `${fixture.forge.url}/acme/platform/pulls/1`,
      base: { ref: 'main' },
      head: {
        label: 'ml-platform/ml-service/a',
        ref: 'ml-platform/ml-service/a',
        sha: commit,
      },
    });
    expect((await open('ml-platform/ml-service/a')).status).toBe(409);

    const listed = await call(
      'get',
      `pulls?state=open&labels=${label.body.id}`,
    );
    expect(listed.body.map((pull: { number: number }) => pull.number)).toEqual([
      1,
    ]);
    expect(listed.headers['x-total-count']).toBe('1');
    expect(
      (await call('get', 'pulls/main/ml-platform/ml-service/a')).body.number,
    ).toBe(1);
    expect((await call('get', 'pulls/1/files')).body).toEqual([
      expect.objectContaining({
        filename: 'infra/README.md',
        status: 'changed',
        additions: 1,
        deletions: 1,
      }),
      expect.objectContaining({
        filename: 'infra/added.yaml',
        status: 'added',
        additions: 1,
        deletions: 0,
      }),
    ]);
    expect((await call('get', 'pulls/1.diff')).text).toContain('-two\n+2\n');
    expect((await call('get', 'pulls/1/commits')).body).toMatchObject([
      {
        sha: commit,
        commit: { author: { name: 'Ada', email: 'ada@example.com' } },
      },
    ]);

    expect(
      (await call('post', 'pulls/1/merge', { Do: 'merge' })).body.message,
    ).toBe('User not allowed to merge PR');
    const stale = await merge(1, {
      Do: 'merge',
      head_commit_id: '0'.repeat(40),
    });
    expect(stale).toMatchObject({
      status: 409,
      body: { message: 'head out of date' },
    });
    const merged = await merge(1, {
      Do: 'merge',
      head_commit_id: commit,
      delete_branch_after_merge: true,
    });
    expect(merged.status).toBe(200);
    expect((await merge(1)).status).toBe(405);

    await git(clone, 'fetch', '--quiet', '--prune', 'origin');
    expect(
      await git(clone, 'log', '-1', '--format=%s|%an|%P', 'origin/main'),
    ).toBe(
      `Merge pull request 'Request of ml-platform/ml-service/a' (#1) from ml-platform/ml-service/a into main|` +
        `Platform engineer|${await git(clone, 'rev-parse', 'main')} ${commit}`,
    );
    expect((await call('get', 'pulls/1')).body).toMatchObject({
      state: 'closed',
      merged: true,
      merge_commit_sha: await git(clone, 'rev-parse', 'origin/main'),
      merged_by: { login: 'platform-engineer' },
      // The commits and changes outlive the branch.
      head: {
        label: 'ml-platform/ml-service/a',
        ref: 'refs/pull/1/head',
        sha: commit,
      },
    });
    expect(
      (await call('get', 'branches/ml-platform/ml-service/a')).status,
    ).toBe(404);
    expect((await call('get', 'pulls/1/files')).body).toHaveLength(2);
  });

  it('squashes, and keeps a second pull request mergeable', async () => {
    const { call, clone } = fixture;
    await pushBranch(clone, 'a', { 'infra/a': 'a\n' });
    await pushBranch(clone, 'b', { 'infra/b': 'b\n' });
    await open('a');
    await open('b');
    const responses = await Promise.all([
      merge(1, { Do: 'squash' }),
      merge(2, { Do: 'squash' }),
    ]);
    expect(responses.map(({ status }) => status)).toEqual([200, 200]);
    await git(clone, 'fetch', '--quiet', 'origin');
    expect(
      (await git(clone, 'log', '--format=%s|%an|%cn', 'origin/main'))
        .split('\n')
        .sort(),
    ).toEqual([
      'Initial platform repository|Platform engineer|Platform engineer',
      'Request of a (#1)|ML platform portal|Platform engineer',
      'Request of b (#2)|ML platform portal|Platform engineer',
    ]);
    expect(
      (await call('get', 'contents/infra')).body.map(
        (entry: { name: string }) => entry.name,
      ),
    ).toEqual(['README.md', 'a', 'b']);
    expect((await merge(1, { Do: 'rebase' })).status).toBe(405);
  });

  it('rejects the merge of a conflicting branch until it is updated', async () => {
    const { call, clone } = fixture;
    await pushBranch(clone, 'a', { 'infra/README.md': 'one\nA\nthree\n' });
    await pushBranch(clone, 'b', { 'infra/README.md': 'one\nB\nthree\n' });
    await open('a');
    await open('b');
    await merge(1);
    expect((await call('get', 'pulls/2')).body.mergeable).toBe(false);
    expect(await merge(2)).toMatchObject({
      status: 405,
      body: { message: 'Please try again later' },
    });

    await git(clone, 'fetch', '--quiet', 'origin');
    await git(clone, 'checkout', '--quiet', 'b');
    await git(clone, 'merge', '--quiet', '-X', 'ours', 'origin/main');
    await git(clone, 'push', '--quiet', 'origin', 'b');
    const { body } = await call('get', 'pulls/2');
    expect(body).toMatchObject({
      mergeable: true,
      head: { sha: await git(clone, 'rev-parse', 'b') },
    });
    expect((await merge(2)).status).toBe(200);
    const { body: file } = await call('get', 'contents/infra/README.md');
    expect(Buffer.from(file.content, 'base64').toString()).toBe(
      'one\nB\nthree\n',
    );
  });

  it('closes and reopens a pull request, and closes it when its branch is deleted', async () => {
    const { call, clone } = fixture;
    await pushBranch(clone, 'a', { 'infra/a': 'a' });
    await open('a');
    expect(
      (await call('patch', 'pulls/1', { state: 'closed' })).body.state,
    ).toBe('closed');
    expect((await merge(1)).status).toBe(404);
    expect((await call('patch', 'pulls/1', { state: 'open' })).body.state).toBe(
      'open',
    );
    expect((await call('delete', 'branches/a')).status).toBe(204);
    expect((await call('get', 'pulls/1')).body.state).toBe('closed');
    expect(
      (await call('delete', 'branches/main', undefined, platformEngineer))
        .status,
    ).toBe(403);
  });
});
