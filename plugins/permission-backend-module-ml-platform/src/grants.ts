import {
  catalogConditions,
  createCatalogConditionalDecision,
} from '@backstage/plugin-catalog-backend/alpha';
import {
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
} from '@backstage/plugin-catalog-common/alpha';
import {
  kubernetesClustersReadPermission,
  kubernetesResourcesReadPermission,
} from '@backstage/plugin-kubernetes-common';
import {
  AuthorizeResult,
  type Permission,
  type PolicyDecision,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import {
  createScaffolderTaskConditionalDecision,
  scaffolderTaskConditions,
} from '@backstage/plugin-scaffolder-backend/alpha';
import {
  actionExecutePermission,
  taskCancelPermission,
  taskCreatePermission,
  taskReadPermission,
  templateParameterReadPermission,
  templateStepReadPermission,
} from '@backstage/plugin-scaffolder-common/alpha';
import {
  capacityReadPermission,
  findingsReadPermission,
  podLogsReadPermission,
  changeRequestCreatePermission,
  teamReadPermission,
} from '@internal/plugin-ml-platform-common';
import {
  createTeamConditionalDecision,
  teamConditions,
  type TeamPermission,
} from '@internal/plugin-ml-platform-node';
import type { Person } from './person';
import { templateActionsDecision } from './templateActions';

type Decide = (person: Person) => PolicyDecision;

const everyone: Decide = () => ({ result: AuthorizeResult.ALLOW });

/**
 * What people may do. Everything that is not named here is denied to everyone, the platform team included. On purpose so:
 * `kubernetes.proxy` (the portal's cluster identity, unrestricted), `scaffolder.template.dry-run` and `.management` (any steps,
 * with the portal's credentials), `catalog.location.*`, `catalog.entity.create`, `.delete` and `.validate` (entities come from
 * the platform repository only), `devtools.*` (configuration of the portal).
 */
export const grants = new Map<string, Decide>(
  (
    [
      [catalogEntityReadPermission, everyone],
      [catalogEntityRefreshPermission, platformOr(ownersOfEntity)],

      [templateParameterReadPermission, everyone],
      [templateStepReadPermission, everyone],
      [taskCreatePermission, everyone],
      [taskReadPermission, platformOr(creatorOfTask(taskReadPermission))],
      [taskCancelPermission, platformOr(creatorOfTask(taskCancelPermission))],
      [actionExecutePermission, templateActionsDecision],

      // Which objects that reaches is decided per team by our objects provider.
      [kubernetesClustersReadPermission, everyone],
      [kubernetesResourcesReadPermission, everyone],

      [capacityReadPermission, everyoneWithRole],

      [teamReadPermission, platformOr(membersOf(teamReadPermission))],
      [podLogsReadPermission, platformOr(membersOf(podLogsReadPermission))],
      [changeRequestCreatePermission, platformOr(membersOf(changeRequestCreatePermission))],
      [
        findingsReadPermission,
        securityOr(platformOr(membersOf(findingsReadPermission))),
      ],
    ] satisfies Array<[Permission, Decide]>
  ).map(([permission, decide]) => [permission.name, decide]),
);

/** A team or a role of their own; an account that nobody gave any sees nothing of the platform. */
function everyoneWithRole({ teams, platform, security }: Person) {
  return {
    result:
      teams.length > 0 || platform || security
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY,
  } satisfies PolicyDecision;
}

function platformOr(decide: Decide): Decide {
  return person => (person.platform ? everyone : decide)(person);
}

function securityOr(decide: Decide): Decide {
  return person => (person.security ? everyone : decide)(person);
}

function membersOf(permission: TeamPermission): Decide {
  return ({ teams }) =>
    createTeamConditionalDecision(permission, teamConditions.isTeam({ teams }));
}

function ownersOfEntity({ ownershipEntityRefs }: Person): PolicyDecision {
  return createCatalogConditionalDecision(
    catalogEntityRefreshPermission,
    catalogConditions.isEntityOwner({ claims: ownershipEntityRefs }),
  );
}

function creatorOfTask(
  permission: ResourcePermission<'scaffolder-task'>,
): Decide {
  return ({ userEntityRef }) =>
    createScaffolderTaskConditionalDecision(
      permission,
      scaffolderTaskConditions.isTaskOwner({ createdBy: [userEntityRef] }),
    );
}
