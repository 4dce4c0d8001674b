import type { BackstageUserInfo } from '@backstage/backend-plugin-api';
import { DEFAULT_NAMESPACE, parseEntityRef } from '@backstage/catalog-model';

/** Entity references of the groups that have a role, from `mlPlatform.groups`. */
export interface RoleGroups {
  platform: string;
  security: string;
}

/** Who asks, as far as decisions depend on it. */
export interface Person {
  userEntityRef: string;
  /** Their user and group entities. */
  ownershipEntityRefs: string[];
  /** A team's name is the name of its group. */
  teams: string[];
  platform: boolean;
  security: boolean;
}

/** Tells roles and teams from the entities that a person claims ownership through. */
export function readPerson(
  { userEntityRef, ownershipEntityRefs }: BackstageUserInfo,
  groups: RoleGroups,
): Person {
  return {
    userEntityRef,
    ownershipEntityRefs,
    teams: ownershipEntityRefs
      .map(ref => parseEntityRef(ref))
      // Another namespace could hold a group of the same name.
      .filter(
        ({ kind, namespace }) =>
          kind === 'group' && namespace === DEFAULT_NAMESPACE,
      )
      .map(({ name }) => name),
    platform: ownershipEntityRefs.includes(groups.platform),
    security: ownershipEntityRefs.includes(groups.security),
  };
}
