import { createServiceFactory } from '@backstage/backend-plugin-api';
import {
  mockCredentials,
  mockServices,
  startTestBackend,
} from '@backstage/backend-test-utils';
import { catalogPermissions } from '@backstage/plugin-catalog-common/alpha';
import { kubernetesPermissions } from '@backstage/plugin-kubernetes-common';
import permissionPlugin from '@backstage/plugin-permission-backend';
import {
  createPermission,
  type Permission,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { scaffolderPermissions } from '@backstage/plugin-scaffolder-common/alpha';
import {
  mlPlatformBasicPermissions,
  mlPlatformPermissions,
} from '@internal/plugin-ml-platform-common';
import {
  platformRepositoryServiceRef,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';
import request from 'supertest';
import { MlPlatformPolicy } from './MlPlatformPolicy';
import { permissionModuleMlPlatform } from './module';

const personas: Record<string, string[]> = {
  'user:default/ml-engineer': ['group:default/app-ml-team'],
  'user:default/data-engineer': [
    'group:default/app-data-team',
    // Same name as a team, in another namespace.
    'group:elsewhere/app-ml-team',
  ],
  'user:default/risk-analyst': [
    'group:default/risk-models',
    'group:default/moved-team',
    'group:default/broken-team',
  ],
  'user:default/platform-engineer': ['group:default/platform-team'],
  'user:default/security-engineer': ['group:default/security-team'],
  'user:default/guest': [],
};

/** Where the names of teams are not those of the user's groups. */
const TEAMS: Record<string, string[]> = {
  'user:default/risk-analyst': ['risk-models', 'risk-lab', 'moved-team'],
};

function groupsOf(user: string): string[] {
  return personas[user]
    .filter(group => group.startsWith('group:default/'))
    .map(group => group.replace('group:default/', ''));
}

const permissions: Permission[] = [
  ...catalogPermissions,
  ...scaffolderPermissions,
  ...kubernetesPermissions,
  ...mlPlatformPermissions,
  ...mlPlatformBasicPermissions,
  createPermission({ name: 'devtools.config', attributes: {} }),
  createPermission({ name: 'plugin.added.later', attributes: {} }),
];

const ALLOW = 'ALLOW';
const DENY = 'DENY';
const TEAM = 'teams: own';
const GROUP = 'groups: own';
const OWNER = 'claims: own';
const CREATOR = 'createdBy: own';
const ACTIONS = 'actions of the golden paths';

/** Decisions for an engineer of a team, the platform engineer and the security engineer. */
const expected: Record<string, [string, string, string]> = {
  'catalog.entity.read': [ALLOW, ALLOW, ALLOW],
  'catalog.entity.refresh': [OWNER, ALLOW, OWNER],
  'catalog.entity.create': [DENY, DENY, DENY],
  'catalog.entity.delete': [DENY, DENY, DENY],
  'catalog.entity.validate': [DENY, DENY, DENY],
  'catalog.ingestion.read': [DENY, DENY, DENY],
  'catalog.ingestion.manage': [DENY, DENY, DENY],
  'catalog.location.read': [DENY, DENY, DENY],
  'catalog.location.create': [DENY, DENY, DENY],
  'catalog.location.analyze': [DENY, DENY, DENY],
  'catalog.location.delete': [DENY, DENY, DENY],
  'scaffolder.template.parameter.read': [ALLOW, ALLOW, ALLOW],
  'scaffolder.template.step.read': [ALLOW, ALLOW, ALLOW],
  'scaffolder.template.dry-run': [DENY, DENY, DENY],
  'scaffolder.template.management': [DENY, DENY, DENY],
  'scaffolder.action.execute': [ACTIONS, ACTIONS, ACTIONS],
  'scaffolder.task.create': [ALLOW, ALLOW, ALLOW],
  'scaffolder.task.read': [CREATOR, ALLOW, CREATOR],
  'scaffolder.task.cancel': [CREATOR, ALLOW, CREATOR],
  'kubernetes.clusters.read': [ALLOW, ALLOW, ALLOW],
  'kubernetes.resources.read': [ALLOW, ALLOW, ALLOW],
  'kubernetes.proxy': [DENY, DENY, DENY],
  'ml-platform.capacity.read': [ALLOW, ALLOW, ALLOW],
  'ml-platform.team.read': [TEAM, ALLOW, TEAM],
  'ml-platform.pod-logs.read': [TEAM, ALLOW, TEAM],
  'ml-platform.change-request.create': [TEAM, ALLOW, TEAM],
  'ml-platform.findings.read': [TEAM, ALLOW, ALLOW],
  'ml-platform.team.request': [GROUP, ALLOW, GROUP],
  'devtools.config': [DENY, DENY, DENY],
  'plugin.added.later': [DENY, DENY, DENY],
};

const TENANTS: Record<string, string> = {
  'app-ml-team': 'name: app-ml-team',
  'app-data-team': 'name: app-data-team',
  'risk-lab': 'name: risk-lab\ngroup: Risk-Models',
  // The group of its name does not own it.
  'moved-team': 'name: moved-team\ngroup: risk-models',
  'broken-team': 'name: [',
};

const repository: Partial<PlatformRepository> = {
  head: async () => 'c0ffee',
  lastKnownHead: () => 'c0ffee',
  directories: async () =>
    new Map(Object.keys(TENANTS).map(name => [name, name])),
  readLimited: async ({ paths }) =>
    new Map(
      paths.map(path => [path, Buffer.from(TENANTS[path.split('/')[2]])]),
    ),
};

async function startBackend() {
  const { server } = await startTestBackend({
    features: [
      permissionPlugin,
      permissionModuleMlPlatform,
      createServiceFactory({
        service: platformRepositoryServiceRef,
        deps: {},
        factory: () => repository as PlatformRepository,
      }),
      mockServices.rootConfig.factory({
        data: {
          permission: { enabled: true },
          mlPlatform: {
            repository: { url: 'http://forge.example.com/acme/platform.git' },
            environments: [{ name: 'prod', cluster: 'main' }],
            groups: {
              platform: 'group:default/platform-team',
              security: 'group:default/security-team',
            },
          },
        },
      }),
      mockServices.userInfo.mock({
        getUserInfo: async ({ principal }) => {
          const { userEntityRef } = principal as { userEntityRef: string };
          return {
            userEntityRef,
            ownershipEntityRefs: [userEntityRef, ...personas[userEntityRef]],
          };
        },
      }).factory,
    ],
  });
  return server;
}

async function authorize(
  server: Awaited<ReturnType<typeof startBackend>>,
  authorization: string,
  questions: Permission[],
): Promise<PolicyDecision[]> {
  const { body } = await request(server)
    .post('/api/permission/authorize')
    .set('Authorization', authorization)
    .send({
      items: questions.map((permission, id) => ({ permission, id: `${id}` })),
    })
    .expect(200);
  return body.items;
}

/** A decision in the terms of the table. Conditions must be about the user's own teams, tasks or entities. */
function describeDecision(
  decision: PolicyDecision,
  user: string,
  permission: string,
) {
  if (decision.result !== 'CONDITIONAL') {
    return decision.result;
  }
  if (decision.resourceType === 'scaffolder-action') {
    return ACTIONS;
  }
  const own: Record<string, string[]> = {
    teams: TEAMS[user] ?? groupsOf(user),
    groups: groupsOf(user),
    claims: [user, ...personas[user]],
    createdBy: [user],
  };
  const { params } = decision.conditions as {
    params: Record<string, string[]>;
  };
  const [[name, values]] = Object.entries(params);
  const what = permission === 'ml-platform.team.request' ? 'groups' : name;
  expect(values).toEqual(own[what]);
  return `${what}: own`;
}

describe('permission policy', () => {
  it.each([
    ['user:default/ml-engineer', 0],
    ['user:default/data-engineer', 0],
    ['user:default/risk-analyst', 0],
    ['user:default/platform-engineer', 1],
    ['user:default/security-engineer', 2],
  ])('decides every permission for %s', async (user, column) => {
    const server = await startBackend();
    // On behalf of the user, as plugins call it: the result can be conditional.
    const token = mockCredentials.user.token(user, {
      actor: { subject: 'plugin:test' },
    });

    const decisions = await authorize(server, `Bearer ${token}`, permissions);

    const actual = permissions.map(({ name }, index) => [
      name,
      describeDecision(decisions[index], user, name),
    ]);
    expect(Object.fromEntries(actual)).toEqual(
      Object.fromEntries(
        Object.entries(expected).map(([name, row]) => [name, row[column]]),
      ),
    );
  });

  it('denies cluster capacity to users without a team or a role', async () => {
    const server = await startBackend();
    const token = mockCredentials.user.token('user:default/guest', {
      actor: { subject: 'plugin:test' },
    });

    const [{ result }] = await authorize(
      server,
      `Bearer ${token}`,
      mlPlatformBasicPermissions,
    );

    expect(result).toBe(DENY);
  });

  it('denies everything without a user', async () => {
    const policy = new MlPlatformPolicy({
      groups: { platform: 'group:default/a', security: 'group:default/b' },
      owners: { teamsOf: async groups => groups },
    });

    const decisions = await Promise.all(
      permissions.map(permission => policy.handle({ permission })),
    );

    expect(new Set(decisions.map(({ result }) => result))).toEqual(
      new Set([DENY]),
    );
  });
});
