import type { BackstageUserInfo } from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';
import type { TeamOwners } from '@internal/plugin-ml-platform-node/plan';

/** Entity references of the platform team's and the security team's group, from `mlPlatform.groups`. */
export interface RoleGroups {
  platform: string;
  security: string;
}

/** The user for whom the policy decides. */
export interface PolicyUser {
  userEntityRef: string;
  /** Entity references of the user and of their groups. */
  ownershipEntityRefs: string[];
  /** Names of the user's groups in catalog namespace `default`. */
  groups: string[];
  /** Names of the teams that these groups own. */
  teams: string[];
  inPlatformGroup: boolean;
  inSecurityGroup: boolean;
}

/** Derives roles and teams from a user's ownership entity references. */
export async function toPolicyUser(
  { userEntityRef, ownershipEntityRefs }: BackstageUserInfo,
  roles: RoleGroups,
  owners: Pick<TeamOwners, 'teamsOf'>,
): Promise<PolicyUser> {
  const groups = ownershipEntityRefs
    .map(ref => parseEntityRef(ref))
    // Groups of other namespaces can have the same name.
    .filter(
      ({ kind, namespace }) =>
        kind === 'group' && namespace === DEFAULT_NAMESPACE,
    )
    .map(({ name }) => name);
  return {
    userEntityRef,
    ownershipEntityRefs,
    groups,
    teams: await owners.teamsOf(groups),
    inPlatformGroup: ownershipEntityRefs.includes(roles.platform),
    inSecurityGroup: ownershipEntityRefs.includes(roles.security),
  };
}
