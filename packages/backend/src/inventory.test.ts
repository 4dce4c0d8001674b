import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { askForWebSocket } from './__testUtils__/Callers';
import { eventually } from './__testUtils__/eventually';
import { compare } from './__testUtils__/inventory/compare';
import { InventoryPortal } from './__testUtils__/inventory/InventoryPortal';
import {
  isOfEveryPlugin,
  MIDDLEWARE,
} from './__testUtils__/inventory/middleware';
import { ACTIONS, ROUTES } from './__testUtils__/inventory/routes';
import {
  ROGUE_ACTIONS,
  rogueName,
  USED_ACTIONS,
} from './__testUtils__/inventory/scaffolderActions';

jest.setTimeout(240_000);

const NO_DIFFERENCE = { rows: [], gone: [], leaks: [] };

const database = testDatabase();
let portal: InventoryPortal;
beforeAll(async () => {
  portal = await InventoryPortal.start(database);
});
afterAll(() => portal?.stop());

it('answers everybody on every route as the table says, and shows nothing of a team to others', async () => {
  const { routes, unreached } = portal.found;
  const probes = Object.keys(ROUTES).filter(name => name.startsWith('ALL '));

  const comparison = await compare(portal, {
    table: ROUTES,
    found: [...routes, ...probes],
    request: name => name,
  });

  expect(unreached).toEqual([]);
  expect(comparison).toMatchObject(NO_DIFFERENCE);
  // Otherwise nobody could have seen them anywhere.
  expect([...comparison.own].sort()).toEqual(
    Object.keys(portal.canaries).sort(),
  );
});

it('answers everybody on every action for agents as the table says', async () => {
  const plugins = portal.found.routes.flatMap(
    route =>
      /^GET \/api\/([^/]+)\/\.backstage\/actions\/v1\/actions$/.exec(
        route,
      )?.[1] ?? [],
  );
  const actions = await Promise.all(
    plugins.map(async plugin => {
      const path = `/api/${plugin}/.backstage/actions/v1/actions`;
      const { body } = await portal.callers.ask('owner', 'GET', path);
      return JSON.parse(body).actions.map(({ id }: { id: string }) => id);
    }),
  );

  const comparison = await compare(portal, {
    table: ACTIONS,
    found: actions.flat(),
    request: id =>
      `POST /api/${
        id.split(':')[0]
      }/.backstage/actions/v1/actions/${id}/invoke`,
  });

  expect(comparison).toMatchObject(NO_DIFFERENCE);
});

it('knows everything that could answer without being a route', () => {
  expect(
    portal.found.middleware.filter(each => !isOfEveryPlugin(each)),
  ).toEqual(MIDDLEWARE);
});

it('has a reason for each route that answers anything but 401 without a valid sign-in', () => {
  const unreasoned = Object.entries({ ...ROUTES, ...ACTIONS }).filter(
    ([, { answers, why }]) => !answers.startsWith('401 401 401 401 ') && !why,
  );
  expect(unreasoned).toEqual([]);
});

it('has no proxy and no devtools', () => {
  expect(
    portal.found.routes.filter(route => / \/api\/(proxy|devtools)/.test(route)),
  ).toEqual([]);
});

it('ends streams when the token of who reads them does', async () => {
  const seconds = 4;
  const token = portal.key.userToken('user:default/ml-engineer', seconds);
  const paths = [
    '/api/ml-platform/live?topics=team:app-ml-team',
    '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/{pod}/logs/follow',
  ];
  const streams = await Promise.all(
    paths.map(path =>
      fetch(`${portal.url}${portal.fill(path)}`, {
        headers: { Authorization: `Bearer ${token}` },
      }),
    ),
  );
  const start = Date.now();
  expect(streams.map(({ status }) => status)).toEqual([200, 200]);

  await Promise.all(streams.map(stream => stream.text().catch(() => '')));

  expect(Date.now() - start).toBeGreaterThan((seconds - 2) * 1_000);
  expect(Date.now() - start).toBeLessThan((seconds + 10) * 1_000);
});

it('opens web sockets for no token that is not valid', async () => {
  const url = `${portal.url}/api/signals`;
  const user = 'user:default/ml-engineer';
  expect(await askForWebSocket(url, portal.key.userToken(user, -60))).toBe(401);
  expect(
    await askForWebSocket(url, portal.otherKey.userToken(user, 3600)),
  ).toBe(401);
  expect(await askForWebSocket(url, portal.key.userToken(user, 3600))).toBe(
    101,
  );
  expect(await askForWebSocket(url, undefined)).toBe(401);
});

it('lets no person run an action that no golden path uses', async () => {
  const { body } = await portal.callers.ask(
    'owner',
    'GET',
    '/api/scaffolder/v2/actions',
  );
  const ids = JSON.parse(body).map(({ id }: { id: string }) => id);
  expect(ids.sort()).toEqual(
    [...USED_ACTIONS, ...Object.keys(ROGUE_ACTIONS)].sort(),
  );

  for (const action of Object.keys(ROGUE_ACTIONS)) {
    const events = await runTemplate(rogueName(action));
    expect([action, events]).toEqual([
      action,
      expect.stringContaining(`Unauthorized action: ${action}`),
    ]);
  }
});

async function runTemplate(name: string): Promise<string> {
  const tasks = '/api/scaffolder/v2/tasks';
  const created = await eventually(async () => {
    const answer = await portal.callers.ask('owner', 'POST', tasks, {
      templateRef: `template:default/${name}`,
      values: {},
    });
    expect(answer.status).toBe(201);
    return JSON.parse(answer.body);
  });
  return eventually(async () => {
    const { body } = await portal.callers.ask(
      'owner',
      'GET',
      `${tasks}/${created.id}/events`,
    );
    expect(body).toContain('"completion"');
    return body;
  });
}
