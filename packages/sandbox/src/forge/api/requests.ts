import type { Request, Response } from 'express';
import type { z } from 'zod';
import { mayAdminister, mayWrite, type Account } from '../accounts';
import { ForgeError } from '../errors';

/** The account that the request came from; the router has checked it. */
export function accountOfRequest(response: Response): Account {
  return response.locals.account as Account;
}

/** @throws ForgeError 403 for accounts that only read. */
export function writer(response: Response): Account {
  const account = accountOfRequest(response);
  if (!mayWrite(account)) {
    throw new ForgeError(
      403,
      'user should have a permission to write to a repo',
    );
  }
  return account;
}

/** @throws ForgeError 403 for accounts that do not administer the repository. */
export function administrator(response: Response): Account {
  const account = accountOfRequest(response);
  if (!mayAdminister(account)) {
    throw new ForgeError(
      403,
      'user should be an owner or a collaborator with admin write of a repository',
    );
  }
  return account;
}

/** @throws ForgeError 422 naming the first field that is wrong. */
export function parseBody<T>(schema: z.ZodType<T>, request: Request): T {
  const result = schema.safeParse(request.body);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new ForgeError(422, `[${issue.path.join('.')}]: ${issue.message}`);
  }
  return result.data;
}

/** One page of a list, with Gitea's headers that tell how many there are and where the others are. */
export function sendPage<T>(
  request: Request,
  response: Response,
  items: T[],
): T[] {
  const number = (name: string, otherwise: number) =>
    Math.max(Number.parseInt(String(request.query[name]), 10) || otherwise, 1);
  const page = number('page', 1);
  const limit = Math.min(number('limit', 30), 50);
  const last = Math.max(Math.ceil(items.length / limit), 1);
  const link = (target: number, relation: string) => {
    const url = new URL(request.originalUrl, response.locals.rootUrl as string);
    url.searchParams.set('page', String(target));
    return `<${url}>; rel="${relation}"`;
  };
  response.set('X-Total-Count', String(items.length));
  if (page < last) {
    response.append('Link', `${link(page + 1, 'next')},${link(last, 'last')}`);
  }
  return items.slice((page - 1) * limit, page * limit);
}
