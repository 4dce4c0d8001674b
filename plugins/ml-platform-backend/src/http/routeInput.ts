import { InputError } from '@backstage/errors';
import type { Request } from 'express';
import { z } from 'zod';
import type { RoutePermission } from './RoutePermission';
import type { TeamAccess } from './TeamAccess';

/** The names in an Express path: `{ team: string }` for `/teams/:team`. */
type PathParams<TPath extends string> =
  TPath extends `${string}:${infer Name}/${infer Rest}`
    ? { [name in Name]: string } & PathParams<`/${Rest}`>
    : TPath extends `${string}:${infer Name}`
    ? { [name in Name]: string }
    : {};

export interface RouteInput<
  TPath extends string,
  TQuery extends z.ZodObject,
  TBody extends z.ZodObject,
> {
  params: PathParams<TPath>;
  query: z.output<TQuery>;
  body: z.output<TBody>;
}

/** Authorises a request and parses its query and body, in the order that the route's permission needs. */
export async function authorizeAndParse<
  TPath extends string,
  TQuery extends z.ZodObject,
  TBody extends z.ZodObject,
  TGrant,
>(
  route: {
    permission: RoutePermission<RouteInput<TPath, TQuery, TBody>, TGrant>;
    query?: TQuery;
    body?: TBody;
  },
  options: { access: TeamAccess; request: Request },
): Promise<{ input: RouteInput<TPath, TQuery, TBody>; grant: TGrant }> {
  const { permission, query, body } = route;
  const { request } = options;
  const parse = () => ({
    query: query && parseOrThrow(query, request.query),
    body: body && parseOrThrow(body, request.body),
  });
  const parsedFirst = permission.readsInput ? parse() : undefined;
  const unparsed = { params: request.params };
  const grant = await permission.authorize({
    ...options,
    input: { ...unparsed, ...parsedFirst } as RouteInput<TPath, TQuery, TBody>,
  });
  const input = { ...unparsed, ...(parsedFirst ?? parse()) };
  return { input: input as RouteInput<TPath, TQuery, TBody>, grant };
}

/** @throws InputError naming what is wrong with the query or the body. */
function parseOrThrow<T extends z.ZodType>(
  schema: T,
  value: unknown,
): z.output<T> {
  const { success, data, error } = schema.safeParse(value);
  if (!success) {
    throw new InputError(`Invalid request: ${z.prettifyError(error)}`);
  }
  return data;
}
