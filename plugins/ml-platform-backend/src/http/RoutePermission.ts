import { NotAllowedError } from '@backstage/errors';
import type { BasicPermission } from '@backstage/plugin-permission-common';
import {
  changeRequestCreatePermission,
  findingsReadPermission,
  teamRequestPermission,
} from '@internal/plugin-ml-platform-common';
import type {
  TeamPermission,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import express, { type Request, type RequestHandler } from 'express';
import type { Caller, RequestGrant, TeamAccess } from './TeamAccess';

/** The part of a route's permission that the OpenAPI document describes. */
export interface DocumentedPermission {
  permissions: Array<TeamPermission | BasicPermission>;
  /** Text for the OpenAPI document. */
  description: string;
  /** Status for callers without the permission. Absent: they get a shorter list. */
  denied?: 403 | 404;
  /** Reason why the route accepts requests without a Backstage token. */
  unauthenticatedBecause?: string;
}

/** Authorises the requests of a route before its handler runs. `TGrant` is passed on to the handler. */
export interface RoutePermission<TInput, TGrant> extends DocumentedPermission {
  /**
   * True when the decision depends on the query or the body, which are then parsed first. Otherwise authorisation comes
   * first, so that outsiders get the same response for valid and invalid input.
   */
  readsInput: boolean;
  /** Default: JSON, for routes with a body. */
  bodyParser?: RequestHandler;
  /** Throws unless the caller has the permission. */
  authorize: (options: {
    access: TeamAccess;
    request: Request;
    input: TInput;
  }) => Promise<TGrant>;
}

/** Requires the permission for the team in the path, `:team`. */
export function teamInPath(
  permission: TeamPermission,
): RoutePermission<{ params: { team: string } }, Caller> {
  return {
    permissions: [permission],
    description: `Needs \`${permission.name}\` for the team.`,
    denied: 404,
    readsInput: false,
    authorize: ({ access, request, input }) =>
      access.requireTeam(request, permission, input.params.team),
  };
}

/** As `teamInPath`, and passes on whether the caller may also open change requests for the team. */
export function teamInPathWithChanges(
  permission: TeamPermission,
): RoutePermission<
  { params: { team: string } },
  Caller & { mayRequest: boolean }
> {
  return {
    ...teamInPath(permission),
    permissions: [permission, changeRequestCreatePermission],
    authorize: async options => ({
      ...(await teamInPath(permission).authorize(options)),
      mayRequest: await isGranted(changeRequestCreatePermission, options),
    }),
  };
}

/** As `teamInPath`, and passes on whether the caller may also see the findings of the team. */
export function teamInPathWithFindings(
  permission: TeamPermission,
): RoutePermission<
  { params: { team: string } },
  Caller & { maySeeFindings: boolean }
> {
  return {
    ...teamInPath(permission),
    permissions: [permission, findingsReadPermission],
    authorize: async options => ({
      ...(await teamInPath(permission).authorize(options)),
      maySeeFindings: await isGranted(findingsReadPermission, options),
    }),
  };
}

async function isGranted(
  permission: TeamPermission,
  {
    access,
    request,
    input,
  }: {
    access: TeamAccess;
    request: Request;
    input: { params: { team: string } };
  },
): Promise<boolean> {
  const { scope } = await access.scope(request, permission);
  return scope.includes(input.params.team);
}

/** Requires the permission for a team that the query names. */
export function teamInQuery<TQuery>(
  permission: TeamPermission,
  teamOf: (query: TQuery) => string | undefined,
): RoutePermission<{ query: TQuery }, Caller> {
  return {
    permissions: [permission],
    description: `Needs \`${permission.name}\` for the team.`,
    denied: 404,
    readsInput: true,
    authorize: ({ access, request, input }) =>
      access.requireTeam(request, permission, teamOf(input.query)),
  };
}

/** Passes the teams for which the caller has the permission on to the handler, which must filter by them. */
export function teamScope(
  permission: TeamPermission,
): RoutePermission<unknown, Caller & { scope: TeamScope }> {
  return {
    permissions: [permission],
    description: `Limited to teams for which you have \`${permission.name}\`.`,
    readsInput: false,
    authorize: ({ access, request }) => access.scope(request, permission),
  };
}

/** As `teamScope`, and passes on the teams whose findings the caller may see. */
export function teamScopeWithFindings(
  permission: TeamPermission,
): RoutePermission<
  unknown,
  Caller & { scope: TeamScope; findingsScope: TeamScope }
> {
  return {
    ...teamScope(permission),
    permissions: [permission, findingsReadPermission],
    authorize: async ({ access, request }) => {
      const caller = await access.scope(request, permission);
      const { scope } = await access.scope(request, findingsReadPermission);
      return { ...caller, findingsScope: scope };
    },
  };
}

/** Requires a permission that is decided without a team. */
export function withoutTeam(
  permission: BasicPermission,
): RoutePermission<unknown, Caller> {
  return {
    permissions: [permission],
    description: `Needs \`${permission.name}\`.`,
    denied: 403,
    readsInput: false,
    authorize: ({ access, request }) => access.require(request, permission),
  };
}

/** Requires the permission to open change requests for a team that the path or the body names. */
export function changeRequestFor<TInput>(
  teamOf: (input: TInput) => string,
): RoutePermission<TInput, Caller> {
  const { name } = changeRequestCreatePermission;
  return {
    permissions: [changeRequestCreatePermission],
    description: `Needs \`${name}\` for the team.`,
    denied: 403,
    readsInput: true,
    authorize: ({ access, request, input }) =>
      access.requireChangeRequest(request, teamOf(input)),
  };
}

/** Requires the permission to request teams that a group owns, which the path names. */
export function teamRequestFor<TInput>(
  groupOf: (input: TInput) => string,
): RoutePermission<TInput, Caller> {
  return {
    permissions: [teamRequestPermission],
    description: `Needs \`${teamRequestPermission.name}\` for the group.`,
    denied: 403,
    readsInput: true,
    authorize: ({ access, request, input }) =>
      access.requireTeamRequest(request, groupOf(input)),
  };
}

/**
 * Requires the permission to open change requests for a team, or to request teams that a group owns, and passes on for which of
 * the two the caller has it. What the request then does must be covered by that.
 */
export function anyRequestFor<TInput>(
  subjectOf: (input: TInput) => { team: string; group?: string },
): RoutePermission<TInput, Caller & { granted: RequestGrant }> {
  return {
    permissions: [changeRequestCreatePermission, teamRequestPermission],
    description: `Needs \`${changeRequestCreatePermission.name}\` for the team, or \`${teamRequestPermission.name}\` for the group.`,
    denied: 403,
    readsInput: true,
    authorize: ({ access, request, input }) =>
      access.requireAnyRequest(request, subjectOf(input)),
  };
}

/**
 * Accepts requests without a Backstage token when their body is signed. The handler gets the signed bytes and should
 * parse nothing else.
 */
export function signedWebhook(options: {
  /** Name of the header that carries the signature. */
  header: string;
  isSigned: (body: Buffer, signature: string | undefined) => boolean;
  /** Largest body, as `body-parser` writes it. */
  limit: string;
  unauthenticatedBecause: string;
}): RoutePermission<unknown, { payload: Buffer }> {
  const { header, isSigned, limit, unauthenticatedBecause } = options;
  return {
    permissions: [],
    description: `No Backstage token: ${unauthenticatedBecause}. The header \`${header}\` carries the signature.`,
    denied: 403,
    unauthenticatedBecause,
    readsInput: false,
    bodyParser: express.raw({ type: () => true, limit }),
    authorize: async ({ request }) => {
      const payload = Buffer.isBuffer(request.body)
        ? request.body
        : Buffer.alloc(0);
      if (!isSigned(payload, request.header(header))) {
        throw new NotAllowedError('Refused.');
      }
      return { payload };
    },
  };
}
