import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { isUserEntity, type UserEntity } from '@backstage/catalog-model';
import { NotAllowedError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import {
  PREVIEW_GRANT_SECRET,
  assertMayRequestChange,
  parsePreviewGrant,
  type TeamAuthorizer,
} from '@internal/plugin-ml-platform-node';

/** Subject of the plugin whose preview route starts dry runs for users. */
const PREVIEW_SUBJECT = 'plugin:ml-platform';

interface RequesterOptions {
  auth: AuthService;
  authorizer: TeamAuthorizer;
  catalog: CatalogService;
}

type RequesterContext = Pick<
  ActionContext<JsonObject>,
  'getInitiatorCredentials' | 'isDryRun' | 'secrets'
>;

/**
 * Finds the user that a step runs for, and checks that they may request changes for the team. The user is the initiator
 * of the task or, in a dry run started by our preview route, the user that it names. Names from other callers are ignored.
 *
 * @returns the user's entity.
 * @throws NotAllowedError saying what to do.
 */
export async function authorizeRequester(
  options: RequesterOptions,
  context: RequesterContext,
  team: string,
): Promise<UserEntity> {
  const { auth, catalog } = options;
  const requester = await authorizedRef(options, context, team);
  // With the portal's credentials: what people may see must not decide what they may do.
  const entity = await catalog.getEntityByRef(requester, {
    credentials: await auth.getOwnServiceCredentials(),
  });
  if (!entity || !isUserEntity(entity)) {
    throw new NotAllowedError(
      'The catalog does not know you as a user. Ask the platform team to add you.',
    );
  }
  return entity;
}

/**
 * A task runs with the credentials of the person who started it, and the permission policy decides. A preview runs with
 * the credentials of its route, which has asked the policy before and passes on whom it allowed to request for which team.
 */
async function authorizedRef(
  { auth, authorizer }: RequesterOptions,
  context: RequesterContext,
  team: string,
): Promise<string> {
  const credentials = await context.getInitiatorCredentials();
  if (auth.isPrincipal(credentials, 'user')) {
    await assertMayRequestChange(authorizer, team, { credentials });
    return credentials.principal.userEntityRef;
  }
  const grant =
    context.isDryRun && isPreviewRoute(auth, credentials)
      ? parsePreviewGrant(context.secrets?.[PREVIEW_GRANT_SECRET])
      : undefined;
  if (!grant) {
    throw new NotAllowedError(
      'Only signed-in users can request changes. Sign in and use the form.',
    );
  }
  if (grant.team !== team) {
    throw new NotAllowedError(
      `This preview is for ${grant.team}, but a step of the template changes ${team}. Report this to the owner of the template.`,
    );
  }
  return grant.requester;
}

function isPreviewRoute(
  auth: AuthService,
  credentials: BackstageCredentials,
): boolean {
  return (
    auth.isPrincipal(credentials, 'service') &&
    credentials.principal.subject === PREVIEW_SUBJECT
  );
}
