import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { teamRequestPermission } from '@internal/plugin-ml-platform-common';
import type { TeamAuthorizer } from './authorization';

/**
 * Checks with the permission policy that the caller may request teams that a group owns, and changes of them.
 *
 * @param group - name of a group in the catalog
 * @throws NotAllowedError saying what to do.
 */
export async function assertMayRequestTeam(
  authorizer: TeamAuthorizer,
  group: string,
  options: { credentials: BackstageCredentials },
): Promise<void> {
  const scope = await authorizer.scope(teamRequestPermission, options);
  if (!scope.includes(group)) {
    throw new NotAllowedError(
      `You may not request a team that ${group} owns. Choose a group that you are in, or ask a member of ${group} to make this request.`,
    );
  }
}
