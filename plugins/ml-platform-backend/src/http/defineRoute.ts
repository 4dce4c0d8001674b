import { InputError } from '@backstage/errors';
import express from 'express';
import type { z } from 'zod';
import type { Route } from './Route';
import { authorizeAndParse, type RouteInput } from './routeInput';
import type { RoutePermission } from './RoutePermission';
import { notFound } from './TeamAccess';

const CLIENT_LEFT = 'The client closed the connection.';

/**
 * Defines a JSON route: its permission is checked before the handler runs, its input is parsed with the schemas, and the
 * OpenAPI document describes it from the same definition.
 *
 * @param options.handler - gets the parsed input, what the permission grants, and a signal that aborts when the client leaves;
 * `undefined` becomes a 404.
 */
export function defineRoute<
  TPath extends string,
  TResponse extends z.ZodType,
  TGrant,
  TQuery extends z.ZodObject = z.ZodObject<{}>,
  TBody extends z.ZodObject = z.ZodObject<{}>,
>(options: {
  method: Route['method'];
  path: TPath;
  summary: string;
  permission: RoutePermission<RouteInput<TPath, TQuery, TBody>, TGrant>;
  query?: TQuery;
  body?: TBody;
  response: TResponse;
  handler: (
    input: RouteInput<TPath, TQuery, TBody> & TGrant & { signal: AbortSignal },
  ) => MaybePromise<z.output<TResponse> | undefined>;
}): Route {
  const { handler, ...route } = options;
  const bodyParser =
    route.permission.bodyParser ?? (route.body && express.json());
  return {
    ...route,
    handlers: ({ access }) => [
      ...(bodyParser ? [bodyParser] : []),
      async (request, response) => {
        const { input, grant } = await authorizeAndParse(route, {
          access,
          request,
        });
        const gone = new AbortController();
        response.once('close', () => gone.abort(new InputError(CLIENT_LEFT)));
        const { signal } = gone;
        const result = await handler({ ...input, ...grant, signal });
        if (result === undefined) {
          throw notFound();
        }
        response.json(result);
      },
    ],
  };
}

type MaybePromise<T> = T | Promise<T>;
