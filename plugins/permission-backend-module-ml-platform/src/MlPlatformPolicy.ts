import {
  AuthorizeResult,
  type PolicyDecision,
} from '@backstage/plugin-permission-common';
import type {
  PermissionPolicy,
  PolicyQuery,
  PolicyQueryUser,
} from '@backstage/plugin-permission-node';
import { grants } from './grants';
import { readPerson, type RoleGroups } from './person';

/** Decides by name of the permission alone: the rest of a query comes from whoever asks. */
export class MlPlatformPolicy implements PermissionPolicy {
  readonly #groups: RoleGroups;

  static create(options: { groups: RoleGroups }) {
    return new MlPlatformPolicy(options.groups);
  }

  private constructor(groups: RoleGroups) {
    this.#groups = groups;
  }

  async handle(
    { permission }: PolicyQuery,
    user?: PolicyQueryUser,
  ): Promise<PolicyDecision> {
    const decide = grants.get(permission.name);
    if (!user || !decide) {
      return { result: AuthorizeResult.DENY };
    }
    // From `info`, although deprecated: the permission backend has looked it up once for a whole batch of questions.
    return decide(readPerson(user.info, this.#groups));
  }
}
