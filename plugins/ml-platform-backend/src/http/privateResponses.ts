import { createHmac } from 'node:crypto';
import {
  AS_OF_HEADER,
  type Freshness,
} from '@internal/plugin-ml-platform-common';
import type { RequestHandler } from 'express';

/**
 * Answers are for who asked, and are sent again only when they changed: Express answers 304 by the ETag that is set
 * here. A route has decided that the caller may see its answer before it gives one, so an ETag, which is keyed, tells
 * nobody else anything. An answer's age is no change: it is in a header of its own.
 */
export function privateResponses(key: Buffer): RequestHandler {
  return (request, response, next) => {
    response.set('Cache-Control', 'private, no-cache');
    response.vary('Authorization');
    const json = response.json.bind(response);
    response.json = (body: unknown) => {
      if (request.method === 'GET' && response.statusCode === 200) {
        const { freshness } = body as { freshness?: Freshness };
        if (freshness?.asOf) {
          response.set(AS_OF_HEADER, freshness.asOf);
        }
        response.set('ETag', entityTag(key, body as object, freshness));
      }
      return json(body);
    };
    next();
  };
}

/** Weak: what was sent differs in its age. */
function entityTag(
  key: Buffer,
  body: object,
  freshness: Freshness | undefined,
): string {
  const content = freshness
    ? { ...body, freshness: { ...freshness, asOf: undefined } }
    : body;
  const hash = createHmac('sha256', key)
    .update(JSON.stringify(content))
    .digest('base64url');
  return `W/"${hash}"`;
}
