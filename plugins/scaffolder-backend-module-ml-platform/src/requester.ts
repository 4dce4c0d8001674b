import type { AuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { PREVIEW_REQUESTER_SECRET } from '@internal/plugin-ml-platform-node';

/** The plugin whose preview route runs dry runs for people. */
const PREVIEW_SUBJECT = 'plugin:ml-platform';

/**
 * The entity reference of the person that a step runs for: the one who started the task or, in a dry run by our own
 * preview route, the one whom it names. Nobody else is believed.
 *
 * @throws NotAllowedError when there is no such person.
 */
export async function requesterRef(
  auth: AuthService,
  context: Pick<
    ActionContext<JsonObject>,
    'getInitiatorCredentials' | 'isDryRun' | 'secrets'
  >,
): Promise<string> {
  const credentials = await context.getInitiatorCredentials();
  if (auth.isPrincipal(credentials, 'user')) {
    return credentials.principal.userEntityRef;
  }
  const named = context.secrets?.[PREVIEW_REQUESTER_SECRET];
  if (
    auth.isPrincipal(credentials, 'service') &&
    credentials.principal.subject === PREVIEW_SUBJECT &&
    context.isDryRun &&
    named
  ) {
    return named;
  }
  throw new NotAllowedError(
    'Only a signed-in person can request a change. Sign in and use the form.',
  );
}
