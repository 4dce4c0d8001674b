import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import { changeRequestCreatePermission } from '@internal/plugin-ml-platform-common';
import type { TeamAuthorizer } from '@internal/plugin-ml-platform-node';
import type { Request } from 'express';

/** Who may request changes, for routes: people, for the teams that the permission policy gives them. */
export async function authorizeChangeRequest(
  options: { httpAuth: HttpAuthService; authorizer: TeamAuthorizer },
  request: Request,
  team: string,
): Promise<BackstageCredentials<BackstageUserPrincipal>> {
  const credentials = await options.httpAuth.credentials(request, {
    allow: ['user'],
  });
  const scope = await options.authorizer.scope(changeRequestCreatePermission, {
    credentials,
  });
  if (!scope.includes(team)) {
    throw new NotAllowedError(
      `You may not request changes for ${team}. Choose a team that you are in, or ask ${team} to make this request.`,
    );
  }
  return credentials;
}
