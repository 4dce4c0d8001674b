import type { ForgeTarget } from './__testUtils__/ForgeTarget';
import { startGiteaSandbox } from './__testUtils__/startGiteaSandbox';
import { startGithubStub } from './__testUtils__/startGithubStub';
import { startGitlabStub } from './__testUtils__/startGitlabStub';

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);
const COMMIT = expect.stringMatching(/^[0-9a-f]{40}$/);

// One suite for every forge: what one of them cannot do fails here.
describe.each([
  ['Gitea', startGiteaSandbox],
  ['GitHub', startGithubStub],
  ['GitLab', startGitlabStub],
])('%s', (_, start) => {
  let target: ForgeTarget;

  beforeAll(async () => {
    target = await start();
  });

  afterAll(async () => {
    await target?.stop();
  });

  const open = (branch: string, labels: string[] = []) =>
    target.forge.openPullRequest({
      branch,
      baseBranch: 'main',
      title: `Add ${branch}`,
      body: 'Because.\n\n<!-- ünïcode -->',
      labels,
    });

  it('opens a pull request once, and finds it before and after the merge', async () => {
    const { forge, people, pages, repositoryPage } = target;
    const branch = 'ml-platform/ml-service/app-ml-team/fraud-scorer--dev';
    const commit = await target.push(branch);
    expect(await forge.findPullRequest({ branch, state: 'any' })).toBe(
      undefined,
    );
    const opened = await open(branch, ['ml-platform']);
    expect(opened).toEqual({
      number: opened.number,
      url: `${repositoryPage}/${pages.pullRequest}/${opened.number}`,
      title: `Add ${branch}`,
      body: 'Because.\n\n<!-- ünïcode -->',
      state: 'open',
      branch,
      headCommit: commit,
      fromFork: false,
      baseBranch: 'main',
      labels: ['ml-platform'],
      author: people.portal,
      createdAt: TIME,
      updatedAt: TIME,
    });
    expect(forge.account).toBe(people.portal);
    await expect(open(branch)).rejects.toMatchObject({
      name: 'ConflictError',
      message: `A pull request is already open for the branch "${branch}".`,
    });
    const found = { number: opened.number, state: 'open', branch };
    expect(
      await forge.findPullRequest({ branch, state: 'open' }),
    ).toMatchObject(found);
    expect(
      await forge.listOpenPullRequests({ label: 'ml-platform' }),
    ).toMatchObject([found]);
    expect(await forge.listOpenPullRequests()).toMatchObject([found]);
    expect(await forge.listOpenPullRequests({ label: 'other' })).toEqual([]);

    await target.merge(opened.number);
    expect(await forge.findPullRequest({ branch, state: 'open' })).toBe(
      undefined,
    );
    expect(await forge.findPullRequest({ branch, state: 'any' })).toMatchObject(
      { ...found, state: 'merged' },
    );
    expect(await forge.getPullRequest(opened.number)).toMatchObject({
      state: 'merged',
      closedAt: TIME,
      merge: { commit: COMMIT, at: TIME, by: people.reviewer },
    });
  });

  it('closes a pull request, and opens another one for the branch', async () => {
    const { forge } = target;
    await target.push('closed');
    const first = await open('closed');
    await forge.closePullRequest(first.number);
    const closed = await forge.getPullRequest(first.number);
    expect(closed).toMatchObject({ state: 'closed', closedAt: TIME });
    expect(closed.merge).toBe(undefined);
    const second = await open('closed');
    expect(second.number).toBeGreaterThan(first.number);
    expect(
      await forge.findPullRequest({ branch: 'closed', state: 'any' }),
    ).toMatchObject({ number: second.number, state: 'open' });
    await forge.closePullRequest(second.number);
    expect(
      await forge.findPullRequest({ branch: 'closed', state: 'any' }),
    ).toMatchObject({ number: second.number, state: 'closed' });
  });

  it('lists changed paths, those that files were renamed from included', async () => {
    await target.push('paths');
    const { number } = await open('paths');
    const paths = await target.forge.listChangedPaths(number);
    expect(paths).toEqual(
      expect.arrayContaining(['infra/old/paths', 'infra/paths']),
    );
  });

  it('reads the latest result of each check', async () => {
    const { forge } = target;
    const commit = await target.push('checks');
    await open('checks');
    expect(await forge.listChecks(commit)).toEqual([]);
    const check = {
      name: 'platform-check',
      text: 'Two problems',
      link: 'https://ci.example.com/1',
    };
    await target.setCheck(commit, { ...check, state: 'running' });
    expect(await forge.listChecks(commit)).toMatchObject([
      { name: 'platform-check', state: 'running' },
    ]);
    await target.setCheck(commit, { ...check, state: 'failed' });
    await target.setCheck(commit, { ...check, name: 'plan', state: 'running' });
    await target.setCheck(commit, { ...check, name: 'lint', state: 'passed' });
    const checks = await forge.listChecks(commit);
    expect(checks.sort((a, b) => a.name.localeCompare(b.name))).toEqual([
      { ...check, name: 'lint', state: 'passed', at: TIME },
      { ...check, name: 'plan', state: 'running', at: TIME },
      { ...check, state: 'failed', at: TIME },
    ]);
  });

  it('reads the last decision of each reviewer; a comment is none', async () => {
    const { forge, people } = target;
    await target.push('reviews');
    const pullRequest = await open('reviews');
    const { number } = pullRequest;
    expect(await forge.listReviews(pullRequest)).toEqual([]);
    await target.review(number, 'commented');
    expect(await forge.listReviews(pullRequest)).toEqual([]);
    const review = { by: people.reviewer, at: TIME, stale: false };
    await target.review(number, 'changes-requested');
    expect(await forge.listReviews(pullRequest)).toEqual([
      { ...review, decision: 'changes-requested' },
    ]);
    await target.review(number, 'approved');
    await target.review(number, 'commented');
    expect(await forge.listReviews(pullRequest)).toEqual([
      { ...review, decision: 'approved' },
    ]);
  });

  it('lists what changed since a time, the last changed first', async () => {
    const { forge } = target;
    await target.push('older');
    await target.push('newer');
    const older = await open('older');
    const newer = await open('newer');
    const before = (await forge.getPullRequest(older.number)).updatedAt;
    await target.merge(older.number);
    const changed = await forge.listPullRequests({ since: before });
    expect(changed.map(({ number }) => number)).toEqual(
      expect.arrayContaining([older.number, newer.number]),
    );
    const times = changed.map(({ updatedAt }) => updatedAt);
    expect(times).toEqual([...times].sort().reverse());
    const { merge } = await forge.getPullRequest(older.number);
    const listed = changed.find(({ number }) => number === older.number);
    expect(listed?.merge?.commit).toBe(merge?.commit);
    expect(
      await forge.listPullRequests({ since: '2999-01-01T00:00:00.000Z' }),
    ).toEqual([]);
    expect((await forge.listPullRequests({})).length).toBeGreaterThanOrEqual(
      changed.length,
    );
  });

  it('says that a pull request does not exist', async () => {
    await expect(target.forge.getPullRequest(9_999)).rejects.toMatchObject({
      name: 'NotFoundError',
    });
  });

  it('gives the web page of a file', async () => {
    const { forge, pages, repositoryPage } = target;
    expect(forge.fileUrl({ branch: 'main', path: 'infra/a b?.yaml' })).toBe(
      `${repositoryPage}/${pages.files}/main/infra/a%20b%3F.yaml`,
    );
  });

  it('asks for nothing that the description does not allow', async () => {
    await target.push('described');
    await open('described', ['ml-platform']);
    expect(target.problems()).toEqual([]);
  });
});

describe.each([
  ['GitHub', startGithubStub],
  ['GitLab', startGitlabStub],
])('%s with forks and long lists', (_, start) => {
  it('finds its own branch among those of forks', async () => {
    const target = await start();
    const branch = 'x';
    const request = { branch, baseBranch: 'main', title: 'x', body: '' };
    await target.openFromFork?.(branch);
    const { forge } = target;
    expect(await forge.findPullRequest({ branch, state: 'any' })).toBe(
      undefined,
    );
    await target.push(branch);
    const { number } = await forge.openPullRequest({ ...request, labels: [] });
    for (let index = 0; index < 250; index += 1) {
      await target.openFromFork?.(`fork-${index}`);
    }
    expect(await forge.findPullRequest({ branch, state: 'any' })).toMatchObject(
      { number, fromFork: false },
    );
    const all = await forge.listOpenPullRequests();
    expect(all).toHaveLength(252);
    expect(all.filter(({ fromFork }) => fromFork)).toHaveLength(251);
    expect(target.problems()).toEqual([]);
    await target.stop();
  });
});
