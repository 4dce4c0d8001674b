import type { BackstageUserInfo } from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';

/** Entity references of the groups with a role, from `mlPlatform.groups`. */
export interface RoleGroups {
  platform: string;
  security: string;
}

/** The user whose permissions are decided. */
export interface Person {
  userEntityRef: string;
  /** Their user and group entities. */
  ownershipEntityRefs: string[];
  /** Names of the groups in namespace `default`. */
  teams: string[];
  platform: boolean;
  security: boolean;
}

/** Derives roles and teams from a user's ownership entity references. */
export function readPerson(
  { userEntityRef, ownershipEntityRefs }: BackstageUserInfo,
  groups: RoleGroups,
): Person {
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
    platform: ownershipEntityRefs.includes(groups.platform),
    security: ownershipEntityRefs.includes(groups.security),
  };
}
