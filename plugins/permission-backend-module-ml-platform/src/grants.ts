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
  teamRequestPermission,
} from '@internal/plugin-ml-platform-common';
import {
  createTeamConditionalDecision,
  teamConditions,
  type TeamPermission,
} from '@internal/plugin-ml-platform-node';
import type { PolicyUser } from './policyUser';
import { templateActionsDecision } from './templateActions';

type DecisionRule = (user: PolicyUser) => PolicyDecision;

const allow: DecisionRule = () => ({ result: AuthorizeResult.ALLOW });

/**
 * Decisions by permission. Any permission that is not listed is denied to everyone, the platform team included. Deliberately:
 * `kubernetes.proxy` (the portal's cluster identity, unrestricted), `scaffolder.template.dry-run` and `.management` (any steps,
 * with the portal's credentials), `catalog.location.*`, `catalog.entity.create`, `.delete` and `.validate` (entities come from
 * the platform repository only), `devtools.*` (configuration of the portal).
 */
export const grants = new Map<string, DecisionRule>(
  (
    [
      [catalogEntityReadPermission, allow],
      [catalogEntityRefreshPermission, platformTeamOr(ownersOfEntity)],

      [templateParameterReadPermission, allow],
      [templateStepReadPermission, allow],
      [taskCreatePermission, allow],
      [taskReadPermission, platformTeamOr(creatorOfTask(taskReadPermission))],
      [
        taskCancelPermission,
        platformTeamOr(creatorOfTask(taskCancelPermission)),
      ],
      [actionExecutePermission, templateActionsDecision],

      // Our objects provider decides per team which objects are returned.
      [kubernetesClustersReadPermission, allow],
      [kubernetesResourcesReadPermission, allow],

      [capacityReadPermission, allowWithRole],

      [teamReadPermission, platformTeamOr(membersOf(teamReadPermission))],
      [podLogsReadPermission, platformTeamOr(membersOf(podLogsReadPermission))],
      [
        changeRequestCreatePermission,
        platformTeamOr(membersOf(changeRequestCreatePermission)),
      ],
      [teamRequestPermission, platformTeamOr(ownGroups)],
      [
        findingsReadPermission,
        securityTeamOr(platformTeamOr(membersOf(findingsReadPermission))),
      ],
    ] satisfies Array<[Permission, DecisionRule]>
  ).map(([permission, decide]) => [permission.name, decide]),
);

/** Allows users with a team or a role; a user without either has no access to platform data. */
function allowWithRole({
  teams,
  inPlatformGroup,
  inSecurityGroup,
}: PolicyUser) {
  return {
    result:
      teams.length > 0 || inPlatformGroup || inSecurityGroup
        ? AuthorizeResult.ALLOW
        : AuthorizeResult.DENY,
  } satisfies PolicyDecision;
}

function platformTeamOr(decide: DecisionRule): DecisionRule {
  return user => (user.inPlatformGroup ? allow : decide)(user);
}

function securityTeamOr(decide: DecisionRule): DecisionRule {
  return user => (user.inSecurityGroup ? allow : decide)(user);
}

function membersOf(permission: TeamPermission): DecisionRule {
  return ({ teams }) =>
    createTeamConditionalDecision(permission, teamConditions.isTeam({ teams }));
}

function ownGroups({ groups }: PolicyUser): PolicyDecision {
  return createTeamConditionalDecision(
    teamRequestPermission,
    teamConditions.isTeam({ teams: groups }),
  );
}

function ownersOfEntity({ ownershipEntityRefs }: PolicyUser): PolicyDecision {
  return createCatalogConditionalDecision(
    catalogEntityRefreshPermission,
    catalogConditions.isEntityOwner({ claims: ownershipEntityRefs }),
  );
}

function creatorOfTask(
  permission: ResourcePermission<'scaffolder-task'>,
): DecisionRule {
  return ({ userEntityRef }) =>
    createScaffolderTaskConditionalDecision(
      permission,
      scaffolderTaskConditions.isTaskOwner({ createdBy: [userEntityRef] }),
    );
}
