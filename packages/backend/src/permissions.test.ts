import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { mlPlatformPermissions } from '@internal/plugin-ml-platform-common';
import { testDatabase } from '@internal/plugin-ml-platform-node/testing';
import {
  PERSONAS,
  PLATFORM,
  ROUTES,
  SECURITY,
  type Persona,
} from './__testUtils__/permissionRoutes';
import { RunningPortal } from './__testUtils__/RunningPortal';
import { startSandboxTarget } from './__testUtils__/startSandboxTarget';

jest.setTimeout(120_000);

/** Runs an action that no golden path uses, with the portal's credentials if it could. */
const ROGUE_TEMPLATE = `
apiVersion: scaffolder.backstage.io/v1beta3
kind: Template
metadata: { name: rogue }
spec:
  owner: group:default/platform-team
  type: service
  steps:
    - { id: plain, action: fetch:plain, input: { url: ./ } }
`;

const SERVICE = {
  team: 'app-ml-team',
  name: 'permission-test',
  description: 'Tests permissions.',
  image: 'ghcr.io/acme/permission-test:1.0.0',
  port: 8080,
  size: 'small',
};

const database = testDatabase();
let portal: RunningPortal;
beforeAll(async () => {
  portal = await RunningPortal.start(
    await startSandboxTarget({ templates: { rogue: ROGUE_TEMPLATE } }),
    database,
  );
  await inCatalog('system', 'app-ml-team');
  await inCatalog('template', 'ml-service');
  await inCatalog('template', 'rogue');
});
afterAll(() => portal?.stop());

async function inCatalog(kind: string, name: string) {
  const path = `/api/catalog/entities/by-name/${kind}/default/${name}`;
  for (let attempt = 0; attempt < 100; attempt++) {
    const { status, body } = await portal.ask('ml-engineer', 'get', path);
    // Without relations the owner is not known yet.
    if (status === 200 && body.relations.length > 0) {
      return;
    }
    await new Promise(done => setTimeout(done, 200));
  }
  throw new Error(`The catalog never had ${kind} ${name}`);
}

describe.each(ROUTES)(
  '%s (%s %s)',
  (_, method, path, allowed, denied, body) => {
    it('is allowed and denied by persona', async () => {
      const actual: Record<string, number> = {};
      const expected: Record<string, number> = {};
      for (const persona of PERSONAS) {
        const { status } = await portal.ask(persona, method, path, body);
        actual[persona] = status;
        expected[persona] = allowed.includes(persona) ? 200 : denied;
      }
      expect(actual).toEqual(expected);
    });

    it('is denied to nobody', async () => {
      const { status } = await portal.ask(undefined, method, path, body);
      expect(status).toBe(401);
    });
  },
);

describe('decisions as a browser asks for them', () => {
  const teamsByPersona: Record<Persona, string[]> = {
    'ml-engineer': ['app-ml-team'],
    'team-lead': ['app-ml-team'],
    'data-engineer': ['app-data-team'],
    'platform-engineer': ['app-data-team', 'app-ml-team'],
    'security-engineer': [],
  };

  async function allowed(
    persona: Persona,
    questions: Array<{ permission: Permission; resourceRef?: string }>,
  ) {
    const { body } = await portal.ask(
      persona,
      'post',
      '/api/permission/authorize',
      { items: questions.map((each, id) => ({ ...each, id: `${id}` })) },
    );
    return questions.filter((_, id) => body.items[id].result === 'ALLOW');
  }

  it.each(PERSONAS)('%s: the things of which teams', async persona => {
    for (const permission of mlPlatformPermissions) {
      const teams = await allowed(
        persona,
        ['app-data-team', 'app-ml-team'].map(resourceRef => ({
          permission,
          resourceRef,
        })),
      );
      const everyTeam =
        persona === SECURITY && permission.name === 'ml-platform.findings.read';
      expect([permission.name, teams.map(each => each.resourceRef)]).toEqual([
        permission.name,
        everyTeam ? ['app-data-team', 'app-ml-team'] : teamsByPersona[persona],
      ]);
    }
  });

  it.each(PERSONAS)(
    '%s: nothing that no route of a test shows',
    async persona => {
      const names = [
        'catalog.entity.create',
        'catalog.ingestion.manage',
        'catalog.ingestion.read',
        'catalog.location.read',
        'devtools.config',
        'scaffolder.template.management',
      ];
      const questions = names.map(name => ({
        permission: createPermission({ name, attributes: {} }),
      }));
      expect(await allowed(persona, questions)).toEqual([]);
    },
  );
});

describe('tasks', () => {
  const tasks = '/api/scaffolder/v2/tasks';

  async function finish(id: string) {
    for (;;) {
      const { body } = await portal.ask(PLATFORM, 'get', `${tasks}/${id}`);
      if (body.status !== 'processing' && body.status !== 'open') {
        return body.status;
      }
      await new Promise(done => setTimeout(done, 200));
    }
  }

  it('run the actions of a golden path, and are seen by who created them and by the platform team', async () => {
    const created = await portal.ask('ml-engineer', 'post', tasks, {
      templateRef: 'template:default/ml-service',
      values: SERVICE,
    });
    expect(created.status).toBe(201);
    const { id } = created.body;
    expect(await finish(id)).toBe('completed');

    const seen = {
      get: [] as string[],
      list: [] as string[],
      cancel: [] as string[],
    };
    for (const persona of PERSONAS) {
      const one = await portal.ask(persona, 'get', `${tasks}/${id}`);
      const list = await portal.ask(persona, 'get', tasks);
      const cancel = await portal.ask(persona, 'post', `${tasks}/${id}/cancel`);
      const include = (where: string[], does: boolean) =>
        does && where.push(persona);
      include(seen.get, one.status === 200);
      include(seen.list, list.body.tasks.length > 0);
      include(seen.cancel, cancel.status === 200);
    }
    const few = ['ml-engineer', PLATFORM];
    expect(seen).toEqual({ get: few, list: few, cancel: few });
    expect((await portal.ask(undefined, 'get', `${tasks}/${id}`)).status).toBe(
      401,
    );
    expect((await portal.ask(undefined, 'post', tasks, {})).status).toBe(401);
  });

  it.each(['ml-engineer', PLATFORM])(
    'stop at an action that no golden path uses, for the %s as well',
    async persona => {
      const created = await portal.ask(persona, 'post', tasks, {
        templateRef: 'template:default/rogue',
        values: {},
      });
      const { id } = created.body;

      expect(await finish(id)).toBe('failed');

      const events = await portal.ask(persona, 'get', `${tasks}/${id}/events`);
      expect(JSON.stringify(events.body)).toContain(
        'Unauthorized action: fetch:plain',
      );
    },
  );
});

/** Those that tests above ask for in other ways than through a route of the table. */
const ASKED_OTHERWISE = [
  'catalog.entity.create',
  'catalog.ingestion.manage',
  'catalog.ingestion.read',
  'catalog.location.read',
  'ml-platform.pod-logs.read',
  'scaffolder.action.execute',
  'scaffolder.task.cancel',
  'scaffolder.task.create',
  'scaffolder.task.read',
  'scaffolder.template.management',
  'scaffolder.template.step.read',
  'techdocs.actions.read',
];

it('covers every permission that the running backend knows', async () => {
  const plugins = [
    'argocd',
    'auth',
    'catalog',
    'events',
    'kubernetes',
    'ml-platform',
    'notifications',
    'scaffolder',
    'search',
    'signals',
    'techdocs',
    'user-settings',
  ];
  const known: string[] = [];
  for (const plugin of plugins) {
    const { status, body } = await portal.ask(
      PLATFORM,
      'get',
      `/api/${plugin}/.well-known/backstage/permissions/metadata`,
    );
    known.push(
      ...(status === 200 ? body.permissions : []).map(
        ({ name }: Permission) => name,
      ),
    );
  }
  const covered = [...ROUTES.map(([name]) => name), ...ASKED_OTHERWISE];
  expect(known.sort()).toEqual(covered.sort());
});

it('counts for Prometheus what the store holds and how long answers take, without saying what was asked for', async () => {
  const path = '/api/ml-platform/teams/app-ml-team/workloads/no-such-workload';
  expect((await portal.ask('ml-engineer', 'get', path)).status).toBe(404);

  const metrics = await portal.metrics();

  const value = (line: RegExp) => Number(line.exec(metrics)?.[1]);
  expect(
    value(
      /^ml_platform_cluster_store_objects\{cluster="sandbox",type="namespaces".*\} (\d+)/m,
    ),
  ).toBeGreaterThan(0);
  expect(
    value(
      /^ml_platform_cluster_store_staleness\{cluster="sandbox",type="pods".*\} ([\d.]+)/m,
    ),
  ).toBeLessThan(60);
  expect(
    value(
      /^ml_platform_http_request_duration_count\{.*http_route="\/teams\/:team\/workloads\/:workload",http_response_status_code="404".*\} (\d+)/m,
    ),
  ).toBeGreaterThan(0);
  // Of Backstage itself.
  expect(metrics).toMatch(/^catalog_entities_count\{/m);
  expect(metrics).not.toContain('no-such-workload');
});
