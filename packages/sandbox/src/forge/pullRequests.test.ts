import { createHmac } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { git, pushBranch } from '../__testUtils__/git';
import { sandboxAccounts, type Account } from './accounts';

const { argocd, platformEngineer } = sandboxAccounts;

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

  it('opens one, shows it, and merges it with a merge commit', async () => {
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
      // The branch is gone, its commits and its changes are not.
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

  it('takes reviews of others, and lists what changed last first', async () => {
    const { call, clone } = fixture;
    for (const branch of ['first', 'second']) {
      await pushBranch(clone, branch, { [`infra/${branch}`]: 'x\n' });
      await open(branch);
    }
    const review = (event: string, account: Account = platformEngineer) =>
      call('post', 'pulls/1/reviews', { event }, account);
    expect(await review('APPROVED', sandboxAccounts.portal)).toMatchObject({
      status: 422,
      body: { message: 'approve your own pull is not allowed' },
    });
    expect((await review('REQUEST_CHANGES')).status).toBe(422);
    expect((await review('APPROVED', argocd)).body).toMatchObject({
      official: false,
    });
    // Times are whole seconds.
    await new Promise(resolve => setTimeout(resolve, 1_100));
    expect(await review('APPROVED')).toMatchObject({
      status: 200,
      body: {
        state: 'APPROVED',
        official: true,
        dismissed: false,
        stale: false,
        user: { login: 'platform-engineer' },
      },
    });
    const numbers = async (query: string) =>
      (await call('get', `pulls?state=all${query}`)).body.map(
        (pull: { number: number }) => pull.number,
      );
    expect(await numbers('')).toEqual([2, 1]);
    expect(await numbers('&sort=recentupdate')).toEqual([1, 2]);

    await git(clone, 'checkout', '--quiet', 'first');
    await git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'More');
    await git(clone, 'push', '--quiet', 'origin', 'first');
    expect((await call('get', 'pulls/1/reviews')).body).toMatchObject([
      { state: 'APPROVED', official: false },
      { state: 'APPROVED', stale: true },
    ]);
    await merge(1);
    expect(await review('APPROVED')).toMatchObject({
      status: 422,
      body: { message: "can't submit review for a closed or merged PR" },
    });
  });

  it('squashes, and keeps a second request mergeable', async () => {
    const { call, clone } = fixture;
    await pushBranch(clone, 'a', { 'infra/a': 'a\n' });
    await pushBranch(clone, 'b', { 'infra/b': 'b\n' });
    await open('a');
    await open('b');
    const answers = await Promise.all([
      merge(1, { Do: 'squash' }),
      merge(2, { Do: 'squash' }),
    ]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
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

  it('does not merge what conflicts, until the branch is brought up to date', async () => {
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

  it('closes and reopens, and closes when the branch is deleted', async () => {
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

  it('keeps labels, statuses and comments over a restart', async () => {
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
    ['an unknown request', 'get', 'pulls/7', undefined, 404],
    ['an unknown file', 'get', 'contents/infra/no', undefined, 404],
    ['an option as ref', 'get', 'git/commits/--output=x', undefined, 404],
    ['an expression as ref', 'get', 'git/commits/main~1', undefined, 404],
    [
      'a status for no commit',
      'post',
      'statuses/abcdef1',
      { state: 'success' },
      404,
    ],
    ['webhooks without being an administrator', 'get', 'hooks', undefined, 403],
  ])('refuses %s', async (_name, method, path, body, status) => {
    const answer = await fixture.call(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.body).toEqual({
      message: expect.any(String),
      url: `${fixture.forge.url}/api/swagger`,
      ...(status === 404 && { errors: null }),
    });
  });

  it('knows who asks', async () => {
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

  it('signs what it sends to webhooks', async () => {
    const { call, clone } = fixture;
    const received: { headers: IncomingHttpHeaders; text: string }[] = [];
    const receiver = createServer(async (request, response) => {
      const chunks = await request.toArray();
      received.push({
        headers: request.headers,
        text: Buffer.concat(chunks).toString(),
      });
      response.end();
    });
    await new Promise<void>(resolve =>
      receiver.listen(0, '127.0.0.1', resolve),
    );
    const url = `http://127.0.0.1:${
      (receiver.address() as AddressInfo).port
    }/hook`;
    const config = { url, content_type: 'json', secret: 'shared' };
    const hook = {
      type: 'gitea',
      active: true,
      events: ['push', 'pull_request', 'status'],
      config,
    };
    const elsewhere = {
      ...hook,
      config: { ...config, url: 'http://192.0.2.1/' },
    };
    expect(
      (await call('post', 'hooks', elsewhere, platformEngineer)).status,
    ).toBe(422);
    const created = await call('post', 'hooks', hook, platformEngineer);
    expect(created.status).toBe(201);
    expect(created.text).not.toContain('shared');

    const commit = await pushBranch(clone, 'a', { 'infra/a': 'a' });
    await open('a');
    await call(
      'post',
      'pulls/1/reviews',
      { event: 'APPROVED' },
      platformEngineer,
    );
    await call('post', `statuses/${commit}`, {
      state: 'success',
      context: 'platform-check',
    });
    await merge(1);
    const until = Date.now() + 5_000;
    while (received.length < 6 && Date.now() < until) {
      await new Promise(resolve => setTimeout(resolve, 20));
    }
    receiver.close();
    receiver.closeAllConnections();

    for (const { headers, text } of received) {
      const signature = createHmac('sha256', 'shared')
        .update(text)
        .digest('hex');
      expect(headers['x-gitea-signature']).toBe(signature);
      expect(headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
    }
    const sent = received.map(({ headers, text }) => ({
      event: headers['x-gitea-event'],
      type: headers['x-gitea-event-type'],
      ...JSON.parse(text),
    }));
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'push',
        ref: 'refs/heads/a',
        after: commit,
        total_commits: 1,
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'push',
        ref: 'refs/heads/main',
        total_commits: 2,
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'pull_request',
        action: 'opened',
        number: 1,
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'pull_request',
        action: 'closed',
        pull_request: expect.objectContaining({ merged: true }),
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({
        event: 'pull_request_approved',
        type: 'pull_request_review_approved',
        number: 1,
      }),
    );
    expect(sent).toContainEqual(
      expect.objectContaining({ event: 'status', sha: commit }),
    );
  });
});
