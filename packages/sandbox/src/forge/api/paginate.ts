import type { Request, Response } from 'express';

/** Returns the requested page of a list, and sets Gitea's pagination headers. */
export function paginate<T>(
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
