import {
  startForgeFixture,
  type ForgeFixture,
} from '../__testUtils__/forgeFixture';
import { git, pushBranch } from '../__testUtils__/git';
import { useFakeClock } from '../__testUtils__/useFakeClock';
import { sandboxAccounts, type Account } from './accounts';

const { argocd, platformEngineer } = sandboxAccounts;

describe('reviews', () => {
  let fixture: ForgeFixture;
  beforeEach(async () => {
    fixture = await startForgeFixture({
      'infra/README.md': 'one\ntwo\nthree\n',
      'templates/t.yaml': 'kind: Template\n',
    });
  });
  afterEach(async () => {
    jest.useRealTimers();
    await fixture.stop();
  });

  const open = (head: string, extra: object = {}) =>
    fixture.call('post', 'pulls', {
      title: `Request of ${head}`,
      head,
      base: 'main',
      ...extra,
    });
  const merge = (number: number, body: object = { Do: 'merge' }) =>
    fixture.call('post', `pulls/${number}/merge`, body, platformEngineer);

  it('accepts reviews of others, and lists pull requests by last update', async () => {
    const { call, clone } = fixture;
    useFakeClock();
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
    // Update times have whole seconds.
    jest.setSystemTime(Date.now() + 1000);
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
});
