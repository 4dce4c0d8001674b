import express from 'express';
import type { z } from 'zod';
import type { Route } from './Route';
import { authorizeAndParse, type RouteInput } from './routeInput';
import type { RoutePermission } from './RoutePermission';
import { notFound } from './TeamAccess';

/**
 * Defines a JSON route: its permission is checked before the handler runs, its input is parsed with the schemas, and the
 * OpenAPI document describes it from the same definition.
 *
 * @param options.handler - gets the parsed input and what the permission grants; `undefined` becomes a 404.
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
    input: RouteInput<TPath, TQuery, TBody> & TGrant,
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
        const result = await handler({ ...input, ...grant });
        if (result === undefined) {
          throw notFound();
        }
        response.json(result);
      },
    ],
  };
}

type MaybePromise<T> = T | Promise<T>;
