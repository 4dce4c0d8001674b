import type {
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
} from '@backstage/backend-plugin-api';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  changeRequestCreatePermission,
  teamRequestPermission,
} from '@internal/plugin-ml-platform-common';
import {
  assertMayRequestChange,
  assertMayRequestTeam,
  type TeamAuthorizer,
  type TeamPermission,
  type TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { Request } from 'express';

/** One message for missing and hidden resources: a difference would reveal that a hidden resource exists. */
export function notFound(): NotFoundError {
  return new NotFoundError(
    'This does not exist, or you may not see it. Check the name, or ask the team that owns it.',
  );
}

interface TeamAccessOptions {
  httpAuth: HttpAuthService;
  authorizer: TeamAuthorizer;
}

/** The signed-in person behind a request. */
export interface Caller {
  credentials: BackstageCredentials<BackstageUserPrincipal>;
}

/** The team that a caller may request changes for, and the group that they may request teams for. */
export interface RequestGrant {
  team?: string;
  group?: string;
}

/** Authorisation of HTTP requests. Accepts people only: no service reads team data on its own behalf. */
export class TeamAccess {
  readonly #httpAuth: HttpAuthService;
  readonly #authorizer: TeamAuthorizer;

  constructor(options: TeamAccessOptions) {
    this.#httpAuth = options.httpAuth;
    this.#authorizer = options.authorizer;
  }

  /** Reads the teams for which the caller has the permission. */
  async scope(
    request: Request,
    permission: TeamPermission,
  ): Promise<Caller & { scope: TeamScope }> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    const scope = await this.#authorizer.scope(permission, { credentials });
    return { credentials, scope };
  }

  /** @throws NotFoundError unless the caller has the permission for the team. */
  async requireTeam(
    request: Request,
    permission: TeamPermission,
    team: string | undefined,
  ): Promise<Caller> {
    const { credentials, scope } = await this.scope(request, permission);
    if (team === undefined || !scope.includes(team)) {
      throw notFound();
    }
    return { credentials };
  }

  /** @throws NotAllowedError unless the caller has the permission, which is decided without a team. */
  async require(
    request: Request,
    permission: BasicPermission,
  ): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    if (!(await this.#authorizer.allows(permission, { credentials }))) {
      throw new NotAllowedError(
        'You may not see this. Ask the platform team to add you to a team.',
      );
    }
    return { credentials };
  }

  /** @throws NotAllowedError unless the caller may open change requests for the team. */
  async requireChangeRequest(request: Request, team: string): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    await assertMayRequestChange(this.#authorizer, team, { credentials });
    return { credentials };
  }
  /** @throws NotAllowedError unless the caller may request teams that the group owns. */
  async requireTeamRequest(request: Request, group: string): Promise<Caller> {
    const credentials = await this.#httpAuth.credentials(request, {
      allow: ['user'],
    });
    await assertMayRequestTeam(this.#authorizer, group, { credentials });
    return { credentials };
  }

  /** @throws NotAllowedError unless the caller may open change requests for the team, or request teams that the group owns. */
  async requireAnyRequest(
    request: Request,
    { team, group }: { team: string; group?: string },
  ): Promise<Caller & { granted: RequestGrant }> {
    const { credentials, scope } = await this.scope(
      request,
      changeRequestCreatePermission,
    );
    const groups = await this.#authorizer.scope(teamRequestPermission, {
      credentials,
    });
    const granted = {
      ...(scope.includes(team) && { team }),
      ...(group !== undefined && groups.includes(group) && { group }),
    };
    if (Object.keys(granted).length === 0) {
      await (group === undefined
        ? assertMayRequestChange(this.#authorizer, team, { credentials })
        : assertMayRequestTeam(this.#authorizer, group, { credentials }));
    }
    return { credentials, granted };
  }
}
