import type { ResourcePermission } from '@backstage/plugin-permission-common';
import type { TEAM_RESOURCE_TYPE } from '@internal/plugin-ml-platform-common';

/** A permission that is decided per team, for example `teamReadPermission`. */
export type TeamPermission = ResourcePermission<typeof TEAM_RESOURCE_TYPE>;

/** The teams for which a caller has a permission. */
export interface TeamScope {
  includes(team: string): boolean;
}
