import { createPermission } from '@backstage/plugin-permission-common';

/** See total and free capacity of node pools: sums that reveal no team. A basic permission. */
export const capacityReadPermission = createPermission({
  name: 'ml-platform.capacity.read',
  attributes: { action: 'read' },
});

export const mlPlatformBasicPermissions = [capacityReadPermission];

/** Resource type of the permissions below; the resource reference is the team's name, for example `app-ml-team`. */
export const TEAM_RESOURCE_TYPE = 'ml-platform-team';

/** See a team's workloads, Argo CD state, dashboards and change requests. */
export const teamReadPermission = createPermission({
  name: 'ml-platform.team.read',
  attributes: { action: 'read' },
  resourceType: TEAM_RESOURCE_TYPE,
});

/** Read the logs of a team's pods. */
export const podLogsReadPermission = createPermission({
  name: 'ml-platform.pod-logs.read',
  attributes: { action: 'read' },
  resourceType: TEAM_RESOURCE_TYPE,
});

/** See Trivy's findings in a team's workloads. */
export const findingsReadPermission = createPermission({
  name: 'ml-platform.findings.read',
  attributes: { action: 'read' },
  resourceType: TEAM_RESOURCE_TYPE,
});

/** Preview and request a change for a team: a pull request on the platform repository. */
export const changeRequestCreatePermission = createPermission({
  name: 'ml-platform.change-request.create',
  attributes: { action: 'create' },
  resourceType: TEAM_RESOURCE_TYPE,
});

/** Preview and request a team that a group owns, or a change of it. The resource reference is the name of the group. */
export const teamRequestPermission = createPermission({
  name: 'ml-platform.team.request',
  attributes: { action: 'create' },
  resourceType: TEAM_RESOURCE_TYPE,
});

export const mlPlatformPermissions = [
  teamReadPermission,
  podLogsReadPermission,
  findingsReadPermission,
  changeRequestCreatePermission,
  teamRequestPermission,
];
