import { validationReportSchema } from '@internal/plugin-ml-platform-common';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';

let fixture: ChangeRequestFixture;

beforeEach(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterEach(async () => {
  await fixture.stop();
});

const BRANCH = 'ml-platform/ml-service/app-ml-team/fraud-scorer';

it('lets one of two teams that request a name at the same time have it', async () => {
  const tasks = await Promise.all([
    fixture.task(),
    fixture.task({ user: 'data-engineer', team: 'app-data-team' }),
  ]);
  for (const task of tasks) {
    await task.prepare();
  }
  // Neither of them sees the other before it has opened its own.
  const open = fixture.forge.openPullRequest.bind(fixture.forge);
  const ready: Array<() => void> = [];
  jest.spyOn(fixture.forge, 'openPullRequest').mockImplementation(
    options =>
      new Promise((resolve, reject) => {
        ready.push(() => open(options).then(resolve, reject));
        if (ready.length === tasks.length) {
          ready.forEach(start => start());
        }
      }),
  );
  const results = await Promise.allSettled(tasks.map(task => task.propose()));
  expect(results.map(({ status }) => status).sort()).toEqual([
    'fulfilled',
    'rejected',
  ]);
  expect(results).toContainEqual({
    status: 'rejected',
    reason: expect.objectContaining({
      message: 'The name fraud-scorer is already in use. Choose another name.',
    }),
  });
  const [winner, ...others] = await fixture.forge.listOpenPullRequests();
  expect(others).toEqual([]);
  expect(winner.branch).toBe(
    results[0].status === 'fulfilled'
      ? BRANCH
      : BRANCH.replace('app-ml-team', 'app-data-team'),
  );

  // Whoever lost is told so before anything is pushed, and already at the start.
  const late = await fixture.task({
    user: 'platform-engineer',
    team: 'app-core-team',
  });
  await expect(late.checkout()).rejects.toThrow(/name fraud-scorer is already/);
});

it('refuses names of other workloads, in the repository and of all entities', async () => {
  const directory = await fixture.task({
    user: 'data-engineer',
    team: 'app-data-team',
    workload: 'feature-api',
  });
  await expect(directory.checkout()).rejects.toThrow(
    /^The name feature-api is already in use. Choose another name.$/,
  );

  const dryRun = await fixture.task({ workload: 'claimed', dryRun: true });
  const { report } = await dryRun.prepare();
  expect(
    validationReportSchema
      .parse(report)
      .checks.filter(({ status }) => status === 'failed'),
  ).toMatchObject([
    {
      id: 'unique-names',
      messages: [
        {
          path: expect.stringMatching(/claimed\/catalog-info.yaml$/),
          text: 'The name api:default/claimed-api is already in use in the catalog. Choose another name.',
        },
      ],
    },
  ]);
  const task = await fixture.task({ workload: 'claimed' });
  await expect(task.prepare()).rejects.toThrow(
    /api:default\/claimed-api is already in use/,
  );
});
