import { eventually } from '@internal/plugin-ml-platform-node/testing';
import { ChangeRequestFixture } from '../__testUtils__/ChangeRequestFixture';

const ENVIRONMENTS = ['dev', 'staging', 'uat', 'prod'];
const CREATED = Array.from({ length: 12 }, (_, index) => `service-${index}`);

let fixture: ChangeRequestFixture;
beforeAll(async () => {
  fixture = await ChangeRequestFixture.create();
});
afterAll(() => fixture.stop());

type Task = Awaited<ReturnType<typeof fixture.task>>;

async function create(workload: string): Promise<Task> {
  const task = await fixture.task({ workload });
  await task.prepare();
  return task;
}

async function setImage(
  workload: string,
  environment: string,
  image: string,
  user = 'ml-engineer',
): Promise<Task> {
  const task = await fixture.task({ workload, template: 'set-image', user });
  await task.checkout({ mode: 'change', environment });
  await task.set({
    file: 'image.yaml',
    path: ['spec', '**', 'containers', '*', 'image'],
    value: image,
  });
  await task.merge();
  await task.validate();
  return task;
}

/** Merges the pull request of a branch. A forge that is too slow is asked again. */
async function merge(branch: string): Promise<void> {
  await eventually(async () => {
    const open = await fixture.forge.listOpenPullRequests();
    if (open.some(pullRequest => pullRequest.branch === branch)) {
      await fixture.merge(branch);
    }
  });
}

/** Blobs by path that a branch changes. */
function changes(branch: string): string[] {
  return fixture
    .git('diff', '--raw', '--no-abbrev', '--no-renames', `main...${branch}`)
    .trim()
    .split('\n')
    .map(line => line.replace(/^:\d+ \d+ \w+ (\w+) \w\t/, '$1 '));
}

it('loses nothing of 20 requests at once of one team, merged in another order', async () => {
  const tasks: Task[] = [];
  for (const workload of CREATED) {
    tasks.push(await create(workload));
  }
  for (const workload of ['ml-backend', 'feature-api']) {
    for (const environment of ENVIRONMENTS) {
      tasks.push(
        await setImage(workload, environment, `ghcr.io/acme/${workload}:9.0.0`),
      );
    }
  }
  // A forge that is too slow for all of them is asked again.
  const proposed = await Promise.all(
    tasks.map(task => eventually(() => task.propose())),
  );
  const branches = proposed.map(({ branch }) => String(branch));
  expect(new Set(branches).size).toBe(20);
  expect(fixture.branches()).toHaveLength(20);
  const requested = branches.flatMap(changes);
  expect(requested.length).toBeGreaterThan(12 * 10 + 8);
  for (let index = 0; index < branches.length; index++) {
    await merge(branches[(index * 7) % branches.length]);
  }
  const merged = new Set(
    fixture
      .git('ls-tree', '-r', '--format=%(objectname) %(path)', 'main')
      .split('\n'),
  );
  expect(requested.filter(change => !merged.has(change))).toEqual([]);
});

it('refuses the second of two requests for one thing, with a link to the first', async () => {
  const tasks = [
    await setImage('ml-backend', 'dev', 'ghcr.io/acme/ml-backend:10.0.0'),
    await setImage(
      'ml-backend',
      'dev',
      'ghcr.io/acme/ml-backend:11.0.0',
      'team-lead',
    ),
  ];
  const results = await Promise.allSettled(tasks.map(task => task.propose()));
  const refused = results.flatMap(result =>
    result.status === 'rejected' ? [String(result.reason)] : [],
  );
  expect(refused).toEqual([
    expect.stringMatching(
      /^ConflictError: Someone else has an open pull request for ml-backend of app-ml-team: http.*Wait until it is merged or closed/,
    ),
  ]);
  const open = await fixture.forge.listOpenPullRequests();
  expect(open.map(({ branch }) => branch)).toEqual([
    expect.stringMatching(/\/set-image\/app-ml-team\/ml-backend--dev\.\d$/),
  ]);
});
