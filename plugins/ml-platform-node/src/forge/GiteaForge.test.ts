import { mockServices } from '@backstage/backend-test-utils';
import { ScmIntegrations } from '@backstage/integration';
import { http, HttpResponse } from 'msw';
import { setupServer } from 'msw/node';
import { startTestForge, type TestForge } from '../testing-forge';
import { createForge } from './createForge';

function forgeOf(repositoryUrl: string, integrations: object) {
  const config = mockServices.rootConfig({ data: { integrations } });
  return createForge(repositoryUrl, ScmIntegrations.fromConfig(config));
}

describe('GiteaForge', () => {
  let platform: TestForge;

  beforeAll(async () => {
    platform = await startTestForge({ 'infra/a': '1' });
  });

  afterAll(async () => {
    await platform.stop();
  });

  it('opens a pull request once, and finds it before and after the merge', async () => {
    const { repository } = await platform.openRepository();
    const { forge } = platform;
    const branch = 'ml-platform/ml-service/app-ml-team/fraud-scorer';
    const commit = await repository.commit({
      base: await repository.head(),
      changes: [{ path: 'infra/b', content: Buffer.from('1') }],
      message: 'Add b',
      author: { name: 'Ada', email: 'ada@example.com' },
    });
    await repository.pushNewBranch({ commit, branch });
    expect(await forge.findPullRequest({ branch, state: 'any' })).toBe(
      undefined,
    );

    const request = {
      branch,
      baseBranch: 'main',
      title: 'Add b',
      body: 'Because.',
      labels: ['ml-platform'],
    };
    const opened = await forge.openPullRequest(request);
    expect(opened).toEqual({
      number: 1,
      url: `${platform.forgeUrl}/acme/platform/pulls/1`,
      title: 'Add b',
      body: 'Because.',
      state: 'open',
      branch,
      headCommit: commit,
      fromFork: false,
      baseBranch: 'main',
      labels: ['ml-platform'],
      author: 'portal-bot',
      createdAt: expect.stringMatching(/Z$/),
      updatedAt: expect.stringMatching(/Z$/),
    });
    await expect(forge.openPullRequest(request)).rejects.toMatchObject({
      name: 'ConflictError',
      message: `A pull request is already open for the branch "${branch}".`,
    });
    expect(
      await forge.findPullRequest({ branch, state: 'open' }),
    ).toMatchObject({ number: 1 });
    expect(
      await forge.listOpenPullRequests({ label: 'ml-platform' }),
    ).toHaveLength(1);
    expect(await forge.listOpenPullRequests({ label: 'other' })).toEqual([]);

    await platform.merge(1);
    expect(await forge.findPullRequest({ branch, state: 'open' })).toBe(
      undefined,
    );
    expect(await forge.findPullRequest({ branch, state: 'any' })).toMatchObject(
      { number: 1, state: 'merged' },
    );
  });

  it('reads files, checks, reviews and merge of a pull request', async () => {
    const { repository } = await platform.openRepository();
    const { forge } = platform;
    const branch = 'followed';
    const commit = await repository.commit({
      base: await repository.head(),
      changes: [
        { path: 'infra/c', content: Buffer.from('1') },
        { path: 'infra/a', deleted: true },
      ],
      message: 'Add c',
      author: { name: 'Ada', email: 'ada@example.com' },
    });
    await repository.pushNewBranch({ commit, branch });
    const { number } = await forge.openPullRequest({
      branch,
      baseBranch: 'main',
      title: 'Add c',
      body: '',
      labels: [],
    });
    expect((await forge.listChangedPaths(number)).sort()).toEqual([
      'infra/a',
      'infra/c',
    ]);
    expect(await forge.listChecks(commit)).toEqual([]);
    expect(await forge.listReviews(number)).toEqual([]);

    for (const state of ['pending', 'failure']) {
      await platform.act('POST', `statuses/${commit}`, {
        state,
        context: 'platform-check',
        description: `It is ${state}`,
        target_url: 'https://ci.example.com/1',
      });
    }
    await platform.act('POST', `statuses/${commit}`, {
      state: 'pending',
      context: 'plan',
    });
    expect(await forge.listChecks(commit)).toEqual(
      expect.arrayContaining([
        {
          name: 'platform-check',
          state: 'failed',
          at: expect.stringMatching(/Z$/),
          text: 'It is failure',
          link: 'https://ci.example.com/1',
        },
        expect.objectContaining({ name: 'plan', state: 'running' }),
      ]),
    );
    for (const event of ['REQUEST_CHANGES', 'APPROVED', 'COMMENT']) {
      await platform.act('POST', `pulls/${number}/reviews`, {
        event,
        body: 'Words.',
      });
    }
    // The last decision counts; a comment is not a decision.
    expect(await forge.listReviews(number)).toEqual([
      {
        by: 'platform-engineer',
        decision: 'approved',
        at: expect.stringMatching(/Z$/),
        stale: false,
      },
    ]);

    const before = (await forge.getPullRequest(number)).updatedAt;
    await platform.merge(number);
    const merged = await forge.getPullRequest(number);
    expect(merged).toMatchObject({
      state: 'merged',
      merge: {
        commit: await repository.head(),
        at: expect.stringMatching(/Z$/),
        by: 'platform-engineer',
      },
    });
    const changed = await forge.listPullRequests({ since: before });
    expect(changed.find(pull => pull.number === number)?.merge).toEqual({
      ...merged.merge,
      by: undefined,
    });
    expect(
      await forge.listPullRequests({ since: '2999-01-01T00:00:00.000Z' }),
    ).toEqual([]);
    expect(await forge.listPullRequests({})).toHaveLength(2);
  });

  it('gives the web page of a file', async () => {
    const url = platform.forge.fileUrl({
      branch: 'main',
      path: 'infra/a b?.yaml',
    });
    expect(url).toBe(
      `${platform.forgeUrl}/acme/platform/src/branch/main/infra/a%20b%3F.yaml`,
    );
  });
});

describe('GiteaForge with a misbehaving server', () => {
  const server = setupServer();
  const integrations = {
    gitea: [
      {
        host: 'gitea.example.com',
        baseUrl: 'https://gitea.example.com/git/',
        password: 'secret-token',
      },
    ],
  };
  const forge = forgeOf(
    'https://gitea.example.com/git/acme/platform.git',
    integrations,
  );
  const pulls =
    'https://gitea.example.com/git/api/v1/repos/acme/platform/pulls';

  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());

  it.each([
    [
      HttpResponse.json({ message: 'no' }, { status: 401 }),
      'refuses the account',
    ],
    [HttpResponse.json({ message: 'no' }, { status: 404 }), 'does not have'],
    [HttpResponse.json({ message: 'no' }, { status: 500 }), 'HTTP 500'],
    [HttpResponse.text('<html>'), 'unexpected response'],
    [HttpResponse.json([{ number: 'x' }]), 'unexpected response'],
    [HttpResponse.error(), 'cannot be reached'],
    [
      HttpResponse.text('', {
        status: 302,
        headers: { Location: 'https://elsewhere.example.com' },
      }),
      'cannot be reached',
    ],
  ])(
    'reports the problem without the host name (%#)',
    async (response, words) => {
      server.use(http.get(pulls, () => response.clone()));
      const error = await forge
        .listOpenPullRequests({ label: 'ml-platform' })
        .catch(caught => caught);
      expect(error.message).toContain(words);
      expect(error.message).not.toMatch(/example\.com|secret/);
    },
  );

  it('ignores branches of forks', async () => {
    const pull = (number: number, headRepository: number) => ({
      number,
      html_url: `https://gitea.example.com/git/acme/platform/pulls/${number}`,
      title: '',
      body: '',
      state: 'open',
      merged: false,
      head: { label: 'x', sha: 'abc', repo_id: headRepository },
      base: { label: 'main', sha: 'def', repo_id: 1 },
      labels: null,
      created_at: '2026-11-23T00:00:00Z',
      updated_at: '2026-11-23T00:00:00Z',
    });
    const pages = [
      Array.from({ length: 50 }, (_, index) => pull(100 - index, 2)),
      [pull(7, 1)],
    ];
    server.use(
      http.get(pulls, ({ request }) => {
        expect(request.headers.get('authorization')).toBe('token secret-token');
        const page = Number(new URL(request.url).searchParams.get('page'));
        return HttpResponse.json(pages[page - 1]);
      }),
    );
    expect(
      await forge.findPullRequest({ branch: 'x', state: 'open' }),
    ).toMatchObject({ number: 7 });
  });

  it.each([
    [
      'https://github.com/acme/platform.git',
      {},
      'GitHub and GitLab are not supported yet',
    ],
    [
      'https://unknown.example.com/a/b.git',
      {},
      'has no entry in `integrations`',
    ],
    ['https://gitea.example.com/acme/platform.git', integrations, 'baseUrl'],
    ['https://gitea.example.com/git/acme', integrations, 'baseUrl'],
  ])('refuses the repository URL %s', (url, given, words) => {
    expect(() => forgeOf(url, given)).toThrow(words);
  });
});
