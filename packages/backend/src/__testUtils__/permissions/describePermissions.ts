import {
  createPermission,
  type Permission,
} from '@backstage/plugin-permission-common';
import { mlPlatformPermissions } from '@internal/plugin-ml-platform-common';
import { inCatalog } from '../inCatalog';
import { unusedActionTemplate } from '../inventory/scaffolderActions';
import type { RunningPortal } from '../RunningPortal';
import { describeTasks } from './describeTasks';
import {
  PERSONAS,
  PLATFORM,
  ROUTES,
  SECURITY,
  type Persona,
} from './permissionRoutes';

const PLUGINS = [
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

/** Permissions that other tests of this file cover. */
const WITHOUT_EXAMPLE_ROUTE = [
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

/** Tests of the permission policy by persona. */
// eslint-disable-next-line jest/no-export -- Not a test file: portal.test.ts calls it.
export function describePermissions(portal: () => RunningPortal) {
  beforeAll(() =>
    inCatalog(portal(), [
      'system/default/app-ml-team',
      'template/default/ml-service',
      `template/default/${unusedActionTemplate('fetch:plain')}`,
    ]),
  );

  describe.each(ROUTES)(
    '%s (%s %s)',
    (_, method, path, allowed, denied, body) => {
      it('is allowed and denied by persona', async () => {
        const actual: Record<string, number> = {};
        const expected: Record<string, number> = {};
        for (const persona of PERSONAS) {
          const { status } = await portal().send(persona, method, path, body);
          actual[persona] = status;
          expected[persona] = allowed.includes(persona) ? 200 : denied;
        }
        expect(actual).toEqual(expected);
      });

      it('is denied to anonymous callers', async () => {
        const { status } = await portal().send(undefined, method, path, body);
        expect(status).toBe(401);
      });
    },
  );

  describe('decisions that the browser requests', () => {
    const teamsByPersona: Record<Persona, string[]> = {
      'ml-engineer': ['app-ml-team'],
      'team-lead': ['app-ml-team'],
      'data-engineer': ['app-data-team'],
      'platform-engineer': ['app-data-team', 'app-ml-team'],
      'security-engineer': [],
    };

    async function findAllowed(
      persona: Persona,
      queries: Array<{ permission: Permission; resourceRef?: string }>,
    ) {
      const { body } = await portal().send(
        persona,
        'post',
        '/api/permission/authorize',
        { items: queries.map((each, id) => ({ ...each, id: `${id}` })) },
      );
      return queries.filter((_, id) => body.items[id].result === 'ALLOW');
    }

    it.each(PERSONAS)('allow the %s the teams it belongs to', async persona => {
      for (const permission of mlPlatformPermissions) {
        const teams = await findAllowed(
          persona,
          ['app-data-team', 'app-ml-team'].map(resourceRef => ({
            permission,
            resourceRef,
          })),
        );
        const everyTeam =
          persona === SECURITY &&
          permission.name === 'ml-platform.findings.read';
        expect([permission.name, teams.map(each => each.resourceRef)]).toEqual([
          permission.name,
          everyTeam
            ? ['app-data-team', 'app-ml-team']
            : teamsByPersona[persona],
        ]);
      }
    });

    it.each(PERSONAS)(
      'deny the %s the permissions without an example route',
      async persona => {
        const names = [
          'catalog.entity.create',
          'catalog.ingestion.manage',
          'catalog.ingestion.read',
          'catalog.location.read',
          'devtools.config',
          'scaffolder.template.management',
        ];
        const queries = names.map(name => ({
          permission: createPermission({ name, attributes: {} }),
        }));
        expect(await findAllowed(persona, queries)).toEqual([]);
      },
    );
  });

  describe('tasks', () => {
    describeTasks(portal);
  });

  it('covers every permission of the running backend', async () => {
    const known: string[] = [];
    for (const plugin of PLUGINS) {
      const { status, body } = await portal().send(
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
    const covered = [...ROUTES.map(([name]) => name), ...WITHOUT_EXAMPLE_ROUTE];
    expect(known.sort()).toEqual(covered.sort());
  });
}
