import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  AuthorizeResult,
  type BasicPermission,
  type ResourcePermission,
} from '@backstage/plugin-permission-common';
import type { TEAM_RESOURCE_TYPE } from '@internal/plugin-ml-platform-common';
import { PermissionDecisionCache } from './PermissionDecisionCache';
import { teamRules } from './teamRules';

/** A permission that is decided per team, for example `teamReadPermission`. */
export type TeamPermission = ResourcePermission<typeof TEAM_RESOURCE_TYPE>;

/** The teams that one permission of one caller reaches. */
export interface TeamScope {
  includes(team: string): boolean;
}

export interface TeamAuthorizer {
  /**
   * One decision for the whole request: what it does not include must look as if it did not exist,
   * because a 403 would tell that it does. What may be read is decided anew at the latest after some seconds.
   */
  scope(
    permission: TeamPermission,
    options: { credentials: BackstageCredentials },
  ): Promise<TeamScope>;
  /** For what is decided without a team, for example `capacityReadPermission`. */
  allows(
    permission: BasicPermission,
    options: { credentials: BackstageCredentials },
  ): Promise<boolean>;
}

const rules = Object.values(teamRules);

const isAuthorized = createConditionAuthorizer<{ team: string }>({
  getRuleByName: name => {
    const rule = rules.find(candidate => candidate.name === name);
    if (!rule) {
      throw new Error(`The permission policy uses an unknown rule, ${name}`);
    }
    return rule;
  },
});

/** Team authorisation, in its only place: every backend that reads a team's things asks here. */
export function createTeamAuthorizer(
  permissions: PermissionsService,
): TeamAuthorizer {
  const brief = new PermissionDecisionCache();
  return {
    scope: (permission, { credentials }) =>
      brief.scope(permission, credentials, async () => {
        const [decision] = await permissions.authorizeConditional(
          [{ permission }],
          { credentials },
        );
        return { includes: team => isAuthorized(decision, { team }) };
      }),
    async allows(permission, { credentials }) {
      const [{ result }] = await permissions.authorize([{ permission }], {
        credentials,
      });
      return result === AuthorizeResult.ALLOW;
    },
  };
}
