import type {
  BackstageCredentials,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { createConditionAuthorizer } from '@backstage/plugin-permission-node';
import {
  AuthorizeResult,
  type BasicPermission,
} from '@backstage/plugin-permission-common';
import { PermissionDecisionCache } from './PermissionDecisionCache';
import type { TeamPermission, TeamScope } from './TeamPermission';
import { teamRules } from './teamRules';

export interface TeamAuthorizer {
  /**
   * Decides once for a whole request. Teams outside the scope must look as if they did not exist: a 403 would reveal
   * them. Decisions about reading are cached for a few seconds.
   */
  scope(
    permission: TeamPermission,
    options: { credentials: BackstageCredentials },
  ): Promise<TeamScope>;
  /** Decides a permission that is not about a team, for example `capacityReadPermission`. */
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

/** Creates the only place of team authorisation, which every backend with data of teams uses. */
export function createTeamAuthorizer(
  permissions: PermissionsService,
): TeamAuthorizer {
  const decisions = new PermissionDecisionCache();
  return {
    scope: (permission, { credentials }) =>
      decisions.scope(permission, credentials, async () => {
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
