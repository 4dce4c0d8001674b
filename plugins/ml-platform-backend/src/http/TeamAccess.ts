import type { HttpAuthService } from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import type {
  TeamAuthorizer,
  TeamPermission,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { Request } from 'express';

/** The same words for what does not exist and for what the caller may not see: the difference would tell that it exists. */
export function notFound(): NotFoundError {
  return new NotFoundError(
    'This does not exist, or you may not see it. Check the name, or ask the team that owns it.',
  );
}

/** Who may read what, for routes. People only: no service reads a team's things for itself. */
export class TeamAccess {
  static create(options: {
    httpAuth: HttpAuthService;
    authorizer: TeamAuthorizer;
  }): TeamAccess {
    return new TeamAccess(options.httpAuth, options.authorizer);
  }

  readonly #httpAuth: HttpAuthService;
  readonly #authorizer: TeamAuthorizer;

  private constructor(httpAuth: HttpAuthService, authorizer: TeamAuthorizer) {
    this.#httpAuth = httpAuth;
    this.#authorizer = authorizer;
  }

  async scope(
    request: Request,
    permission: TeamPermission,
  ): Promise<TeamScope> {
    return this.#authorizer.scope(permission, {
      credentials: await this.#credentials(request),
    });
  }

  /** Who asks, by entity reference, and when their token expires. */
  async caller(
    request: Request,
  ): Promise<{ person: string; expiresAt: Date | undefined }> {
    const { principal, expiresAt } = await this.#credentials(request);
    return { person: principal.userEntityRef, expiresAt };
  }

  /** For what is decided without a team. @throws NotAllowedError unless the caller has the permission. */
  async require(request: Request, permission: BasicPermission): Promise<void> {
    const credentials = await this.#credentials(request);
    if (!(await this.#authorizer.allows(permission, { credentials }))) {
      throw new NotAllowedError(
        'You may not see this. Ask the platform team to add you to a team.',
      );
    }
  }

  /** @throws NotFoundError unless the caller has the permission for the team. */
  async requireTeam(
    request: Request,
    permission: TeamPermission,
    team: string | undefined,
  ): Promise<void> {
    const scope = await this.scope(request, permission);
    if (team === undefined || !scope.includes(team)) {
      throw notFound();
    }
  }

  #credentials(request: Request) {
    return this.#httpAuth.credentials(request, { allow: ['user'] });
  }
}
