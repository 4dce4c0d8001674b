import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  RELATION_MEMBER_OF,
  isUserEntity,
  parseEntityRef,
  stringifyEntityRef,
  type UserEntity,
} from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';

/**
 * Checks against the catalog that a person may request changes for a team: a member of the team's group, or of the
 * platform group. For code that knows a person's name but holds no credentials of theirs, such as a scaffolder action;
 * everything else asks the permission framework.
 *
 * @param options.credentials - of the calling plugin: what a person may see must not decide what they may do.
 * @param options.platformGroup - entity reference, `mlPlatform.groups.platform`.
 * @returns the person's entity.
 * @throws NotAllowedError saying what to do.
 */
export async function assertTeamMember(options: {
  catalog: CatalogService;
  credentials: BackstageCredentials;
  userRef: string;
  team: string;
  platformGroup: string;
}): Promise<UserEntity> {
  const { catalog, credentials, userRef, team, platformGroup } = options;
  const entity = await catalog.getEntityByRef(userRef, { credentials });
  if (!entity || !isUserEntity(entity)) {
    throw new NotAllowedError(
      'The catalog does not know you as a user. Ask the platform team to add you.',
    );
  }
  const allowed = [
    stringifyEntityRef({ kind: 'Group', namespace: 'default', name: team }),
    stringifyEntityRef(
      parseEntityRef(platformGroup, {
        defaultKind: 'Group',
        defaultNamespace: 'default',
      }),
    ),
  ];
  const isMember = entity.relations?.some(
    ({ type, targetRef }) =>
      type === RELATION_MEMBER_OF && allowed.includes(targetRef.toLowerCase()),
  );
  if (!isMember) {
    throw new NotAllowedError(
      `You are not a member of ${team}. Choose a team that you are in, or ask ${team} to make this request.`,
    );
  }
  return entity;
}
