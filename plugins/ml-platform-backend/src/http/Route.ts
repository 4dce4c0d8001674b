import type { RequestHandler } from 'express';
import type { z } from 'zod';
import type { DocumentedPermission } from './RoutePermission';
import type { TeamAccess } from './TeamAccess';

/** Services that every route runs with. */
export interface RouteContext {
  access: TeamAccess;
  /** Interval at which readers of open streams are authorised again. */
  recheckMs?: number;
}

/** A route of the plugin, from `defineRoute` or `defineStream`: mounted and documented from one definition. */
export interface Route {
  method: 'get' | 'post';
  /** In Express' notation, for example `/teams/:team/workloads/:workload`. */
  path: string;
  summary: string;
  permission: DocumentedPermission;
  query?: z.ZodObject;
  body?: z.ZodObject;
  /** Schema of the JSON response, or the media type of a stream. */
  response: z.ZodType | { mediaType: string };
  handlers: (context: RouteContext) => RequestHandler[];
}
