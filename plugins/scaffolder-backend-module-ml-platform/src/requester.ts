import type { AuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import type { ActionContext } from '@backstage/plugin-scaffolder-node';
import type { JsonObject } from '@backstage/types';
import { PREVIEW_REQUESTER_SECRET } from '@internal/plugin-ml-platform-node';

/** Subject of the plugin whose preview route starts dry runs for users. */
const PREVIEW_SUBJECT = 'plugin:ml-platform';

/**
 * Entity reference of the user that a step runs for: the initiator of the task or, in a dry run started by our preview
 * route, the user that it names. Names from any other caller are ignored.
 *
 * @throws NotAllowedError when there is no such user.
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
    'Only signed-in users can request changes. Sign in and use the form.',
  );
}
