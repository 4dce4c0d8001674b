import {
  eventually,
  testDatabase,
} from '@internal/plugin-ml-platform-node/testing';
import { ChangeRequestPlatform } from './__testUtils__/ChangeRequestPlatform';

const TASKS = '/api/scaffolder/v2/tasks';
const IMAGE = 'ghcr.io/acme/ml-backend:9.0.0';
const VALUES = {
  team: 'app-ml-team',
  name: 'ml-backend',
  environment: 'dev',
  image: IMAGE,
};

let platform: ChangeRequestPlatform;

// Before the database goes away: hooks run in their order.
afterAll(() => platform?.stop());
const database = testDatabase();

beforeAll(async () => {
  platform = await ChangeRequestPlatform.start(database);
});

const create = (values: object, template = 'set-image') =>
  platform.asService(agent =>
    agent.post(TASKS).send({
      templateRef: `template:default/${template}`,
      values,
      // Is not passed on: a service does not name another.
      secrets: { mlPlatformServiceCaller: 'external:another' },
    }),
  );

const finished = (id: string) =>
  eventually(async () => {
    const task = await platform.asService(agent => agent.get(`${TASKS}/${id}`));
    if (!['completed', 'failed', 'cancelled'].includes(task.body.status)) {
      throw new Error(`The task is ${task.body.status}`);
    }
    return task;
  });

it('sets an image for a service, which the pull request names', async () => {
  const created = await create(VALUES);
  expect({ status: created.status, text: created.text }).toMatchObject({
    status: 201,
  });
  const path = `${TASKS}/${created.body.id}`;
  const { body } = await finished(created.body.id);
  expect(body.status).toBe('completed');
  const events = await platform.asService(agent => agent.get(`${path}/events`));
  const { output } = events.body.find(
    ({ type }: { type: string }) => type === 'completion',
  ).body;
  const { branch, body: text } = output.pullRequest;
  expect(text).toContain('requested by ci-of-ml (`service:external:ci-of-ml`)');
  expect(platform.git('show', '--format=%an <%ae>', branch)).toMatch(
    /^ci-of-ml <external-ci-of-ml@services\.invalid>\n[\s\S]*\+ +image: "?ghcr\.io\/acme\/ml-backend:9\.0\.0/,
  );
});

it.each([
  ['another team', { ...VALUES, team: 'app-data-team', name: 'data-api' }],
  ['no team', { ...VALUES, team: undefined }],
  ['another environment', { ...VALUES, environment: 'prod' }],
  ['a list of environments', { ...VALUES, environment: ['dev', 'prod'] }],
])('refuses a service %s', async (_, values) => {
  const { status, body } = await create(values);
  expect(status).toBe(403);
  expect(body.error.message).toMatch(
    /^external:ci-of-ml may not .* Ask the platform team to allow it in mlPlatform\.serviceCallers\.$/,
  );
});

it('refuses a service other templates and all other routes, and shows it no other tasks', async () => {
  const other = await create({ ...VALUES, from: 'dev' }, 'promote');
  expect(other.status).toBe(403);
  const { body: mine } = await platform.createTask(
    'data-engineer',
    { ...VALUES, team: 'app-data-team', name: 'data-api' },
    'template:default/set-image',
  );
  const routes = [
    ['get', TASKS, 403],
    // As for a task that does not exist.
    ['get', `${TASKS}/${mine.id}`, 404],
    ['get', `${TASKS}/${mine.id}/events`, 404],
    ['get', `${TASKS}/${mine.id}/eventstream`, 404],
    ['post', `${TASKS}/${mine.id}/cancel`, 404],
    ['post', `${TASKS}/${mine.id}/retry`, 404],
    ['post', '/api/scaffolder/v2/dry-run', 403],
    ['get', '/api/scaffolder/v2/actions', 403],
  ] as const;
  for (const [method, path, expected] of routes) {
    const { status } = await platform.asService(agent => agent[method](path));
    expect({ path, status }).toEqual({ path, status: expected });
  }
  await platform.finishedTask('data-engineer', mine.id);
});

it('keeps one service from taking the tasks of the others', async () => {
  const created = await Promise.all(
    Array.from({ length: 12 }, (_, index) =>
      create({ ...VALUES, image: `${IMAGE}-${index}` }),
    ),
  );
  const refused = created.filter(({ status }) => status === 429);
  const accepted = created.filter(({ status }) => status === 201);
  expect(accepted).toHaveLength(5);
  expect(refused).toHaveLength(7);
  expect(refused[0].headers['retry-after']).toBe('10');
  const next = await eventually(async () => {
    const again = await create(VALUES);
    expect(again.status).toBe(201);
    return again;
  });
  // A task that goes on after the end of the backend would fail in the next test file.
  await Promise.all([...accepted, next].map(({ body }) => finished(body.id)));
});
