import { eventually } from '@internal/plugin-ml-platform-node/testing';
import type { SharedPortal } from '../SharedPortal';
import { compareRoutes } from './compareRoutes';
import { Inventory } from './Inventory';
import { isCommonMiddleware, MIDDLEWARE } from './middleware';
import { openWebSocket } from './openWebSocket';
import { ROUTES } from './routes';
import { ACTIONS } from './routes/agentActions';
import {
  unusedActionTemplate,
  UNUSED_ACTIONS,
  USED_ACTIONS,
} from './scaffolderActions';

const NO_DIFFERENCE = { rows: [], removed: [], leaks: [] };
const OWNER = 'user:default/ml-engineer';

/** Tests of everything in a portal that responds to a request. */
// eslint-disable-next-line jest/no-export -- Not a test file: portal.test.ts calls it.
export function describeInventory(shared: () => SharedPortal) {
  let inventory: Inventory;

  beforeAll(async () => {
    inventory = await Inventory.create(shared());
  });

  it('gives each caller the expected status on every route, and shows nothing of a team to others', async () => {
    const { routes, unreached } = inventory.found;
    const probes = Object.keys(ROUTES).filter(name => name.startsWith('ALL '));

    const comparison = await compareRoutes(inventory, {
      table: ROUTES,
      found: [...routes, ...probes],
      request: name => name,
    });

    // `scheduler.ts` mounts the scheduler's routes nowhere.
    expect(
      unreached.filter(
        route => !route.startsWith('/.backstage/scheduler/v1/tasks'),
      ),
    ).toEqual([]);
    expect(comparison).toMatchObject(NO_DIFFERENCE);
    // A canary that the owner does not see could not leak.
    expect([...comparison.seenByOwner].sort()).toEqual(
      Object.keys(inventory.canaries).sort(),
    );
  });

  it('gives each caller the expected status on every action for agents', async () => {
    const plugins = inventory.found.routes.flatMap(
      route =>
        /^GET \/api\/([^/]+)\/\.backstage\/actions\/v1\/actions$/.exec(
          route,
        )?.[1] ?? [],
    );
    const actions = await Promise.all(
      plugins.map(async plugin => {
        const path = `/api/${plugin}/.backstage/actions/v1/actions`;
        const { body } = await inventory.callers.call('owner', 'GET', path);
        return JSON.parse(body).actions.map(({ id }: { id: string }) => id);
      }),
    );

    const comparison = await compareRoutes(inventory, {
      table: ACTIONS,
      found: actions.flat(),
      request: id =>
        `POST /api/${
          id.split(':')[0]
        }/.backstage/actions/v1/actions/${id}/invoke`,
    });

    expect(comparison).toMatchObject(NO_DIFFERENCE);
  });

  it('has no middleware that could respond, except for the listed ones', () => {
    expect(
      inventory.found.middleware.filter(each => !isCommonMiddleware(each)),
    ).toEqual(MIDDLEWARE);
  });

  it('has a reason for each route that responds with anything but 401 without a valid sign-in', () => {
    const withoutReason = Object.entries({ ...ROUTES, ...ACTIONS }).filter(
      ([, { statuses, reason }]) =>
        !statuses.startsWith('401 401 401 401 ') && !reason,
    );
    expect(withoutReason).toEqual([]);
  });

  it('has no proxy and no devtools', () => {
    expect(
      inventory.found.routes.filter(route =>
        / \/api\/(proxy|devtools)/.test(route),
      ),
    ).toEqual([]);
  });

  it("ends streams when the reader's token expires", async () => {
    const paths = [
      '/api/ml-platform/live?topics=team:app-ml-team',
      '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/{pod}/logs/follow',
    ];
    let seconds = 2;
    const { streams, expiresAt } = await eventually(async () => {
      // On a slow machine a short-lived token expires before the streams are open.
      seconds *= 2;
      const token = inventory.key.userToken(OWNER, seconds);
      const opened = await Promise.all(
        paths.map(path =>
          fetch(`${inventory.url}${inventory.fill(path)}`, {
            headers: { Authorization: `Bearer ${token}` },
          }),
        ),
      );
      expect(opened.map(({ status }) => status)).toEqual([200, 200]);
      return { streams: opened, expiresAt: expiryOf(token) };
    });

    const ends = await Promise.all(
      streams.map(async stream => {
        await stream.text().catch(() => '');
        return Date.now();
      }),
    );

    expect(Math.min(...ends)).toBeGreaterThanOrEqual(expiresAt);
  });

  it('opens web sockets for valid tokens only', async () => {
    const url = `${inventory.url}/api/signals`;
    const { key, otherKey } = inventory;
    expect(await openWebSocket(url, key.userToken(OWNER, -60))).toBe(401);
    expect(await openWebSocket(url, otherKey.userToken(OWNER, 3600))).toBe(401);
    expect(await openWebSocket(url, key.userToken(OWNER, 3600))).toBe(101);
    expect(await openWebSocket(url, undefined)).toBe(401);
  });

  it('lets nobody run a scaffolder action that no golden path uses', async () => {
    const { body } = await inventory.callers.call(
      'owner',
      'GET',
      '/api/scaffolder/v2/actions',
    );
    const ids = JSON.parse(body).map(({ id }: { id: string }) => id);
    expect(ids.sort()).toEqual(
      [...USED_ACTIONS, ...Object.keys(UNUSED_ACTIONS)].sort(),
    );

    for (const action of Object.keys(UNUSED_ACTIONS)) {
      const events = await runTemplate(unusedActionTemplate(action));
      expect([action, events]).toEqual([
        action,
        expect.stringContaining(`Unauthorized action: ${action}`),
      ]);
    }
  });

  async function runTemplate(name: string): Promise<string> {
    const tasks = '/api/scaffolder/v2/tasks';
    const { callers } = inventory;
    const created = await eventually(async () => {
      const result = await callers.call('owner', 'POST', tasks, {
        body: { templateRef: `template:default/${name}`, values: {} },
      });
      expect(result.status).toBe(201);
      return JSON.parse(result.body);
    });
    return eventually(async () => {
      const { body } = await callers.call(
        'owner',
        'GET',
        `${tasks}/${created.id}/events`,
      );
      expect(body).toContain('"completion"');
      return body;
    });
  }
}

/** Milliseconds since the epoch. */
function expiryOf(token: string): number {
  const payload = Buffer.from(token.split('.')[1], 'base64url').toString();
  return JSON.parse(payload).exp * 1000;
}
