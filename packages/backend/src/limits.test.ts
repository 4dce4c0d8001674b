import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { ChangeRequestPlatform } from './__testUtils__/ChangeRequestPlatform';

const VALUES = {
  team: 'app-ml-team',
  name: 'fraud-scorer',
  description: 'Scores payments',
  image: 'ghcr.io/acme/fraud-scorer:1.4.2',
  port: 8080,
  size: 'small',
};
const DATA = { ...VALUES, team: 'app-data-team', name: 'data-scorer' };

let platform: ChangeRequestPlatform;

// Before the database goes away: hooks run in their order.
afterAll(() => platform?.stop());
const database = testDatabase();

beforeAll(async () => {
  platform = await ChangeRequestPlatform.start(database);
});

const count = (responses: Array<{ status: number }>, status: number) =>
  responses.filter(response => response.status === status).length;

it('keeps one person from taking the previews of the others', async () => {
  const [data, ...mine] = await Promise.all([
    platform.preview('data-engineer', DATA),
    ...Array.from({ length: 20 }, () =>
      platform.preview('ml-engineer', VALUES),
    ),
  ]);
  expect(data.status).toBe(200);
  expect([count(mine, 200), count(mine, 429)]).toEqual([3, 17]);
  const refused = mine.find(({ status }) => status === 429);
  expect(refused?.headers['retry-after']).toBe('5');
  expect(refused?.body.error.message).toBe(
    'You have 3 previews that have not finished. Wait a few seconds, then preview again.',
  );
  // The places are free again.
  expect((await platform.preview('ml-engineer', VALUES)).status).toBe(200);
});

it('keeps one person from taking the tasks of the others', async () => {
  const mine = await Promise.all(
    Array.from({ length: 25 }, () =>
      platform.createTask('ml-engineer', VALUES),
    ),
  );
  expect([count(mine, 201), count(mine, 429)]).toEqual([5, 20]);
  const refused = mine.find(({ status }) => status === 429);
  expect(refused?.headers['retry-after']).toBe('10');
  expect(refused?.body.error.message).toBe(
    'You have 5 tasks that have not finished. Wait until one of them has, then try again.',
  );
  expect((await platform.runTask('data-engineer', DATA)).error).toBeUndefined();

  for (const { body, status } of mine) {
    if (status === 201) {
      await platform.finishedTask('ml-engineer', body.id);
    }
  }
  expect((await platform.runTask('ml-engineer', VALUES)).error).toBeUndefined();
});

it('refuses invisible characters and what is no image, in preview and task', async () => {
  const direction = { ...VALUES, description: 'Scores \u202epayments' };
  const injection = { ...VALUES, image: 'a\r\nb: c' };
  const previewed = await platform.preview('ml-engineer', direction);
  expect(previewed.status).toBe(400);
  expect(previewed.body.error.message).toMatch(
    /^Some fields are invalid.\n- Description: contains the character U\+202E/,
  );
  const created = await platform.createTask('ml-engineer', {
    ...VALUES,
    description: 'a\u0000b',
  });
  expect(created.status).toBe(400);
  expect(created.body.error.message).toMatch(
    /^description contains the character U\+0000/,
  );

  const image = await platform.preview('ml-engineer', injection);
  expect(image.status).toBe(400);
  expect(image.body.error.message).toMatch(/\n- Image: does not match/);
  const task = await platform.createTask('ml-engineer', injection);
  expect(task.status).toBe(400);
  expect(task.text).toContain('image');
});

it.each(['', ':', 'a:b/c', 'template:default/', 'x\u0000', 1, null, {}, ['a']])(
  'refuses %j as the reference of a template',
  async templateRef => {
    const created = await platform.createTask(
      'ml-engineer',
      VALUES,
      templateRef,
    );
    expect(created.status).toBe(400);
    expect(created.body.error.message).toBe(
      'templateRef must be the reference of a template, for example "template:default/ml-service".',
    );
    const text = typeof templateRef === 'string' ? templateRef : ':';
    expect((await platform.preview('ml-engineer', VALUES, text)).status).toBe(
      400,
    );
  },
);

it('answers alike for a task that does not exist and one that may not be seen', async () => {
  const missing = await platform.task('ml-engineer', 'no-such-task');
  expect(missing.status).toBe(404);
  expect(missing.body.error.message).toBe(
    'This task does not exist, or you may not see it.',
  );
});
