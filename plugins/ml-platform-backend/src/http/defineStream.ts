import { finished } from 'node:stream';
import type { Response } from 'express';
import type { z } from 'zod';
import type { Route } from './Route';
import { authorizeAndParse, type RouteInput } from './routeInput';
import type { RoutePermission } from './RoutePermission';
import type { Caller } from './TeamAccess';
import { watchAccess } from './watchAccess';

/**
 * Defines a GET route whose response stays open. Its permission is checked before it opens and again and again while it
 * is open.
 *
 * @param options.open - writes the response. `signal` aborts when the reader disconnects, loses the permission or their
 * token expires.
 */
export function defineStream<
  TPath extends string,
  TGrant extends Caller,
  TQuery extends z.ZodObject = z.ZodObject<{}>,
>(options: {
  path: TPath;
  summary: string;
  permission: RoutePermission<
    RouteInput<TPath, TQuery, z.ZodObject<{}>>,
    TGrant
  >;
  query?: TQuery;
  mediaType: 'text/plain' | 'text/event-stream';
  open: (
    input: RouteInput<TPath, TQuery, z.ZodObject<{}>> &
      TGrant & { response: Response; signal: AbortSignal },
  ) => Promise<void> | void;
}): Route {
  const { open, mediaType, ...route } = options;
  return {
    ...route,
    method: 'get',
    response: { mediaType },
    handlers: ({ access, recheckMs }) => [
      async (request, response) => {
        const { input, grant } = await authorizeAndParse(route, {
          access,
          request,
        });
        const end = new AbortController();
        const stopWatching = watchAccess({
          isAllowed: async () => {
            await route.permission.authorize({ access, request, input });
            return true;
          },
          expiresAt: grant.credentials.expiresAt,
          onRevoked: () => end.abort(),
          recheckMs,
        });
        finished(response, () => {
          stopWatching();
          end.abort();
        });
        await open({ ...input, ...grant, response, signal: end.signal });
      },
    ],
  };
}
