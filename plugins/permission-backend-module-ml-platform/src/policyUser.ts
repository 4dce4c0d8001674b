import type { BackstageUserInfo } from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';

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
  teams: string[];
  inPlatformGroup: boolean;
  inSecurityGroup: boolean;
}

/** Derives roles and teams from a user's ownership entity references. */
export function toPolicyUser(
  { userEntityRef, ownershipEntityRefs }: BackstageUserInfo,
  groups: RoleGroups,
): PolicyUser {
  return {
    userEntityRef,
    ownershipEntityRefs,
    teams: ownershipEntityRefs
      .map(ref => parseEntityRef(ref))
      // Groups of other namespaces can have the same name.
      .filter(
        ({ kind, namespace }) =>
          kind === 'group' && namespace === DEFAULT_NAMESPACE,
      )
      .map(({ name }) => name),
    inPlatformGroup: ownershipEntityRefs.includes(groups.platform),
    inSecurityGroup: ownershipEntityRefs.includes(groups.security),
  };
}
