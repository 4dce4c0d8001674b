import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import { askForWebSocket, CALLERS, Callers } from './__testUtils__/Callers';
import { eventually } from './__testUtils__/eventually';
import { isOfEveryPlugin, MIDDLEWARE } from './inventory/middleware';
import { ACTIONS, ROUTES, type ExpectedRoute } from './inventory/routes';
import type { FoundRoutes } from './__testUtils__/routeRecorder';
import { RunningPortal } from './__testUtils__/RunningPortal';
import { SigningKey } from './__testUtils__/SigningKey';
import { startSandboxTarget } from './__testUtils__/startSandboxTarget';

jest.setTimeout(240_000);

const WORKLOADS = 'gitops/workloads/app-ml-team';

const DASHBOARD = 'Dashboard canary 4711';
const IMAGE_DIGEST = `sha256:${'4711'.repeat(16)}`;
const PARAMETER = 'Parameter canary 4711';
const REQUESTED = 'requested-canary';

/** What golden paths use: with which input, the policy's own test says. */
const USED_ACTIONS = [
  'fetch:template',
  'ml-platform:gitops:checkout',
  'ml-platform:gitops:merge',
  'ml-platform:gitops:propose',
  'ml-platform:gitops:validate',
];
/** The others, each with an input that it would take. */
const ROGUE_ACTIONS: Record<string, object> = {
  'catalog:fetch': { entityRef: 'component:default/ml-backend' },
  'catalog:register': { catalogInfoUrl: 'http://forge.example.com/x.yaml' },
  'catalog:write': { entity: {} },
  'debug:log': {},
  'debug:wait': { seconds: 1 },
  'fetch:plain': { url: './' },
  'fetch:plain:file': { url: './x', targetPath: 'x' },
  'fetch:template:file': { url: './x', targetPath: 'x', values: {} },
  'fs:delete': { files: ['x'] },
  'fs:readdir': { paths: ['x'] },
  'fs:rename': { files: [{ from: 'x', to: 'y' }] },
  'notification:send': { recipients: 'broadcast', title: 'x' },
};
const rogueName = (action: string) => `rogue-${action.replaceAll(':', '-')}`;
const rogueTemplate = (action: string, input: object) => `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: ${rogueName(action)} }
spec:
  owner: group:default/platform-team
  type: service
  steps:
    - { id: step, action: '${action}', input: ${JSON.stringify(input)} }
`;

const database = testDatabase();
const directory = mkdtempSync(join(tmpdir(), 'inventory-'));
let portal: RunningPortal;
let key: SigningKey;
let otherKey: SigningKey;
let callers: Callers;
let found: FoundRoutes;
/** What stands for `{pod}` and the like in the paths of the table. */
let names: Record<string, string>;
/** What only app-ml-team may read. */
let canaries: Record<string, string>;

beforeAll(async () => {
  key = SigningKey.create(mkdtempSync(join(directory, 'key-')));
  const target = await startSandboxTarget({
    templates: Object.fromEntries(
      Object.entries(ROGUE_ACTIONS).map(([action, input]) => [
        rogueName(action),
        rogueTemplate(action, input),
      ]),
    ),
    plant: {
      [`${WORKLOADS}/ml-backend/dashboard/dashboard.json`]: [
        '"title": "ml-backend"',
        `"title": "${DASHBOARD}"`,
      ],
      [`${WORKLOADS}/feature-api/overlays/dev/image.yaml`]: [
        'http-echo:1.0.0',
        `http-echo:1.0.0@${IMAGE_DIGEST}`,
      ],
    },
  });
  const inventoryFile = join(directory, 'inventory.json');
  portal = await RunningPortal.start(target, database, {
    entry: 'src/__testUtils__/inventoryBackend.ts',
    environment: { INVENTORY_FILE: inventoryFile, NODE_PATH: writeApp() },
    config: {
      ...key.config(),
      app: { packageName: 'inventory-app' },
      mlPlatform: { requests: { pollSeconds: 1 } },
      search: {
        collators: {
          catalog: { schedule: { initialDelay: { seconds: 3 } } },
        },
      },
    },
  });
  otherKey = SigningKey.create(mkdtempSync(join(directory, 'key-')));
  callers = Callers.create({ url: portal.url, key, otherKey });
  await plantCanaries();
  await eventually(async () => {
    const { status } = await callers.ask(
      'owner',
      'GET',
      '/api/search/query?term=ml',
    );
    expect(status).toBe(200);
  });
  await eventually(async () => {
    found = JSON.parse(readFileSync(inventoryFile, 'utf8'));
  });
});
afterAll(async () => {
  await portal?.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** A built app, so that its routes are there whether or not somebody has built the real one. */
function writeApp(): string {
  const packages = join(directory, 'packages');
  const dist = join(packages, 'inventory-app/dist');
  mkdirSync(join(dist, 'static'), { recursive: true });
  writeFileSync(join(dist, '../package.json'), '{"name":"inventory-app"}');
  writeFileSync(join(dist, 'index.html'), '<html><head></head></html>');
  writeFileSync(join(dist, 'static/main.js'), '//');
  return packages;
}

async function plantCanaries() {
  // Who somebody is in the catalog, the portal keeps from their sign-in.
  await portal.ask('ml-engineer', 'get', '/api/ml-platform/platform');
  await portal.ask('data-engineer', 'get', '/api/ml-platform/platform');
  const pod = await eventually(async () => {
    const { body } = await callers.ask(
      'owner',
      'POST',
      '/api/kubernetes/resources/workloads/query',
      { entityRef: 'component:default/ml-backend', auth: {} },
    );
    const match =
      /ml-backend-[a-z0-9]+-[a-z0-9]{5}(?=","namespace":"app-ml-team-dev)/.exec(
        JSON.stringify(JSON.parse(body)),
      );
    return match![0];
  });
  const task = await eventually(async () => {
    const { status, body } = await callers.ask(
      'owner',
      'POST',
      '/api/scaffolder/v2/tasks',
      {
        templateRef: 'template:default/ml-service',
        values: {
          team: 'app-ml-team',
          name: REQUESTED,
          description: PARAMETER,
          image: 'ghcr.io/acme/x:1.0.0',
          port: 8080,
          size: 'small',
        },
      },
    );
    expect(status).toBe(201);
    return JSON.parse(body).id as string;
  });
  const { body: application } = await callers.ask(
    'owner',
    'GET',
    '/api/argocd/argoInstance/argocd/applications/name/app-ml-team--ml-backend--dev',
  );
  const { body: entity } = await callers.ask(
    'owner',
    'GET',
    '/api/catalog/entities/by-name/component/default/ml-backend',
  );
  const request = await eventually(async () => {
    const { body } = await callers.ask(
      'owner',
      'GET',
      '/api/ml-platform/requests',
    );
    return JSON.parse(body).items[0].number as number;
  });
  names = {
    pod,
    task,
    digest: IMAGE_DIGEST,
    request: `${request}`,
    revision: JSON.parse(application).status.sync.revision,
    uid: JSON.parse(entity).metadata.uid,
  };
  canaries = {
    pod,
    dashboard: DASHBOARD,
    image: IMAGE_DIGEST,
    'task parameter': PARAMETER,
    request: REQUESTED,
    vulnerability: 'CVE-2024-37052',
  };
}

function fill(text: string): string {
  return text.replace(/\{(\w+)\}/g, (_, name) => names[name]);
}

async function askAll(
  route: string,
  { path, body }: Pick<ExpectedRoute, 'path' | 'body'>,
): Promise<{ answers: string; foreign: string[]; own: string[] }> {
  const [method, pattern] = route.split(' ');
  const asked = fill(path ?? pattern);
  const sent = method === 'POST' || method === 'PUT' ? body ?? {} : undefined;
  const statuses: number[] = [];
  const seen = { foreign: [] as string[], own: [] as string[] };
  for (const caller of CALLERS) {
    const answer = await callers.ask(
      caller,
      method === 'ALL' ? 'GET' : method,
      asked,
      sent && JSON.parse(fill(JSON.stringify(sent))),
    );
    statuses.push(answer.status);
    for (const [name, canary] of Object.entries(canaries)) {
      // An error repeats what was asked for.
      if (answer.body.includes(canary) && !asked.includes(canary)) {
        (caller === 'owner' ? seen.own : seen.foreign).push(
          `${route}: ${name}${caller === 'owner' ? '' : `, to ${caller}`}`,
        );
      }
    }
  }
  return { answers: statuses.join(' '), ...seen };
}

/** Compares everything with its table; the rows that are missing or differ are what it prints. */
async function compare(
  table: Record<string, ExpectedRoute>,
  found: string[],
  request: (name: string) => string,
) {
  const rows: string[] = [];
  const foreign: string[] = [];
  const own: string[] = [];
  for (const name of found) {
    const expected = table[name];
    const seen = await askAll(request(name), expected ?? {});
    foreign.push(...seen.foreign);
    own.push(...seen.own);
    if (seen.answers !== expected?.answers) {
      const row = JSON.stringify({ ...expected, answers: seen.answers });
      rows.push(
        expected
          ? `${name}: expected ${expected.answers}, is ${seen.answers}`
          : `add '${name}': ${row},`,
      );
    }
  }
  const gone = Object.keys(table).filter(name => !found.includes(name));
  expect({ rows, gone, foreign }).toEqual({ rows: [], gone: [], foreign: [] });
  return own;
}

it('answers everybody on every route as the table says, and shows nothing of a team to others', async () => {
  expect(found.unreached).toEqual([]);
  const probes = Object.keys(ROUTES).filter(name => name.startsWith('ALL '));

  const own = await compare(ROUTES, [...found.routes, ...probes], name => name);

  // Otherwise nobody could have seen them anywhere.
  for (const canary of Object.keys(canaries)) {
    expect(own.join()).toContain(canary);
  }
});

it('answers everybody on every action for agents as the table says', async () => {
  const plugins = found.routes.flatMap(
    route =>
      /^GET \/api\/([^/]+)\/\.backstage\/actions\/v1\/actions$/.exec(
        route,
      )?.[1] ?? [],
  );
  const actions: string[] = [];
  for (const plugin of plugins) {
    const { body } = await callers.ask(
      'owner',
      'GET',
      `/api/${plugin}/.backstage/actions/v1/actions`,
    );
    actions.push(
      ...JSON.parse(body).actions.map(({ id }: { id: string }) => id),
    );
  }

  await compare(
    ACTIONS,
    actions,
    id =>
      `POST /api/${
        id.split(':')[0]
      }/.backstage/actions/v1/actions/${id}/invoke`,
  );
});

it('knows everything that could answer without being a route', () => {
  expect(found.middleware.filter(each => !isOfEveryPlugin(each))).toEqual(
    MIDDLEWARE,
  );
});

it('has a reason for each route that answers anything but 401 without a valid sign-in', () => {
  const unreasoned = Object.entries({ ...ROUTES, ...ACTIONS }).filter(
    ([, { answers, why }]) => !answers.startsWith('401 401 401 401 ') && !why,
  );
  expect(unreasoned).toEqual([]);
});

it('has no proxy and no devtools', () => {
  expect(
    found.routes.filter(route => / \/api\/(proxy|devtools)/.test(route)),
  ).toEqual([]);
});

it('ends streams when the token of who reads them does', async () => {
  const seconds = 4;
  const token = key.userToken('user:default/ml-engineer', seconds);
  const paths = [
    '/api/ml-platform/live?topics=team:app-ml-team',
    '/api/ml-platform/clusters/sandbox/namespaces/app-ml-team-dev/pods/{pod}/logs/follow',
  ];
  const streams = await Promise.all(
    paths.map(path =>
      fetch(`${portal.url}${fill(path)}`, {
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
  // The plugin begins to listen with the first that asks.
  await askForWebSocket(url, undefined);

  expect(await askForWebSocket(url, key.userToken(user, -60))).toBe(401);
  expect(await askForWebSocket(url, otherKey.userToken(user, 3600))).toBe(401);
  expect(await askForWebSocket(url, key.userToken(user, 3600))).toBe(101);
  // Nobody is a guest to this plugin, who hears what is told to everyone: the portal tells nothing in this way.
  expect(await askForWebSocket(url, undefined)).toBe(101);
});

it('lets no person run an action that no golden path uses', async () => {
  const { body } = await callers.ask(
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
    const answer = await callers.ask('owner', 'POST', tasks, {
      templateRef: `template:default/${name}`,
      values: {},
    });
    expect(answer.status).toBe(201);
    return JSON.parse(answer.body);
  });
  return eventually(async () => {
    const { body } = await callers.ask(
      'owner',
      'GET',
      `${tasks}/${created.id}/events`,
    );
    expect(body).toContain('"completion"');
    return body;
  });
}
