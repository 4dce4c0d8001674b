import { hash } from 'node:crypto';
import {
  AS_OF_HEADER,
  type Freshness,
} from '@internal/plugin-ml-platform-common';
import type { RequestHandler } from 'express';

/**
 * Middleware that keeps responses out of shared caches and sets an ETag, by which Express responds 304 when nothing
 * changed. Routes authorise before they respond, and the ETag is a keyed hash, so it reveals nothing to other callers.
 * The age of a response is not part of its ETag; it has a header of its own.
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

/** Weak, because responses with the same ETag differ in their age. */
function entityTag(
  key: Buffer,
  body: object,
  freshness: Freshness | undefined,
): string {
  const content = freshness
    ? { ...body, freshness: { ...freshness, asOf: undefined } }
    : body;
  // The key surrounds the content, so that nobody can derive the hash of a longer response. This is no message
  // authentication, for which HMAC would be needed; it takes a fifth of HMAC's time.
  const secret = key.toString('base64url');
  const tag = hash(
    'sha256',
    `${secret}${JSON.stringify(content)}${secret}`,
    'base64url',
  );
  return `W/"${tag}"`;
}
