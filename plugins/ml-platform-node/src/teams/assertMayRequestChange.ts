import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { changeRequestCreatePermission } from '@internal/plugin-ml-platform-common';
import type { TeamAuthorizer } from './authorization';

/**
 * Checks with the permission policy that the caller may request changes for a team.
 *
 * @throws NotAllowedError saying what to do.
 */
export async function assertMayRequestChange(
  authorizer: TeamAuthorizer,
  team: string,
  options: { credentials: BackstageCredentials },
): Promise<void> {
  const scope = await authorizer.scope(changeRequestCreatePermission, options);
  if (!scope.includes(team)) {
    throw new NotAllowedError(
      `You may not request changes for ${team}. Choose a team that you are in, or ask ${team} to make this request.`,
    );
  }
}
