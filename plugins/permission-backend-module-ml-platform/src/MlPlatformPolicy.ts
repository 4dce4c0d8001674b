import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import type { TeamOwners } from '@internal/plugin-ml-platform-node/plan';
import { grants } from './grants';
import { toPolicyUser, type RoleGroups } from './policyUser';

/** Decides by the permission's name alone: the rest of a query is the caller's input. */
export class MlPlatformPolicy implements PermissionPolicy {
  readonly #groups: RoleGroups;
  readonly #owners: Pick<TeamOwners, 'teamsOf'>;

  constructor(options: {
    groups: RoleGroups;
    owners: Pick<TeamOwners, 'teamsOf'>;
  }) {
    this.#groups = options.groups;
    this.#owners = options.owners;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const decide = grants.get(permission.name);
    if (!user || !decide) {
      return { result: AuthorizeResult.DENY };
    }
    // `info` is deprecated, but the permission backend has already looked it up for the whole batch.
    return decide(await toPolicyUser(user.info, this.#groups, this.#owners));
  }
}
