import type {
  BackstageCredentials,
  PermissionsService,
  PermissionsServiceRequestOptions,
} from '@backstage/backend-plugin-api';
import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import { TEAM_RESOURCE_TYPE } from '@internal/plugin-ml-platform-common';
import { teamConditions } from '../teams';

/** Teams by permission and user entity reference. */
export type FakeGrants = Record<
  string,
  { [permission: string]: string[] | 'all' }
>;

/** Permissions service with the form of the policy's decisions: conditions on teams. Denies users without grants. */
export function fakePermissions(grants: FakeGrants): PermissionsService {
  const decide = (permission: string, user: string): PolicyDecision => {
    const teams = grants[user]?.[permission];
    if (teams === undefined) {
      return { result: AuthorizeResult.DENY };
    }
    return teams === 'all'
      ? { result: AuthorizeResult.ALLOW }
      : {
          result: AuthorizeResult.CONDITIONAL,
          pluginId: 'ml-platform',
          resourceType: TEAM_RESOURCE_TYPE,
          conditions: teamConditions.isTeam({ teams }),
        };
  };
  return {
    authorize: async (requests, options) =>
      requests.map(({ permission }) => ({
        result:
          permission.name.startsWith('ml-platform.') &&
          grants[userOf(options)]?.[permission.name] !== 'all'
            ? AuthorizeResult.DENY
            : AuthorizeResult.ALLOW,
      })),
    authorizeConditional: async (requests, options) =>
      requests.map(({ permission }) =>
        decide(permission.name, userOf(options)),
      ),
  };
}

function userOf(options: PermissionsServiceRequestOptions): string {
  const { credentials } = options as { credentials: BackstageCredentials };
  const { userEntityRef } = credentials.principal as { userEntityRef?: string };
  return userEntityRef ?? '';
}
