import { InputError } from '@backstage/errors';
import express, { type RequestHandler } from 'express';

const MAX_DEPTH = 64;

/**
 * Maximum size of a body and number of its values, by the start of the path; the first match applies. Plugins validate, store
 * or query each value and name each invalid one, so many small values cost more than one large one.
 */
const SIZES = [
  // The response repeats each setting as often as the request names it.
  { path: '/api/user-settings/', bytes: '64kb', values: 500 },
  // Each clause becomes a join.
  { path: '/api/catalog/entities/by-query', bytes: '64kb', values: 500 },
  { path: '/api/catalog/entity-facets', bytes: '64kb', values: 500 },
  { path: '/api/catalog/locations/by-query', bytes: '64kb', values: 500 },
  // The preview sends the whole template.
  { path: '/api/scaffolder/v2/dry-run', bytes: '1mb', values: 5_000 },
  // The scaffolder keeps each task as it was sent, and compares each item of some lists with all others.
  { path: '/api/scaffolder/', bytes: '256kb', values: 1_000 },
  { path: '/api/ml-platform/preview', bytes: '256kb', values: 1_000 },
  { path: '/', bytes: '1mb', values: 5_000 },
];

/** Requests whose handler needs the bytes: signed events, and those that are passed on. */
const RAW_BODIES = [
  '/api/events/',
  '/api/kubernetes/proxy/',
  '/api/ml-platform/webhooks/',
];

const parsers = SIZES.map(({ path, bytes, values }) => ({
  path,
  parse: express.json({
    limit: bytes,
    verify: (_request, _response, body, encoding) => {
      if (encoding !== 'utf-8') {
        throw refusal(415, 'Send the JSON in UTF-8.');
      }
      const { depth, count } = structureOf(body);
      if (depth > MAX_DEPTH) {
        throw refusal(
          400,
          `The JSON is nested more than ${MAX_DEPTH} levels deep. Make it flatter.`,
        );
      }
      if (count > values) {
        throw refusal(
          413,
          `The JSON has more than ${values} values. Send it in parts.`,
        );
      }
    },
  }),
}));

/** Returns true if the body of a request reaches its handler unparsed. */
export function hasRawBody(originalUrl: string): boolean {
  const path = originalUrl.toLowerCase();
  return RAW_BODIES.some(prefix => path.startsWith(prefix));
}

/**
 * Parses the JSON of all plugins, within limits: most code that reads a value calls itself for each level, and ends in a
 * stack overflow, which is an internal error. The parsers of plugins leave a parsed body as it is.
 */
export const parseJson: RequestHandler = (request, response, next) => {
  const url = request.originalUrl.toLowerCase();
  const parser = parsers.find(({ path }) => url.startsWith(path));
  if (hasRawBody(url) || !parser) {
    next();
  } else {
    parser.parse(request, response, next);
  }
};

/** Sets the status, because `body-parser` answers errors without one with 403. */
function refusal(statusCode: number, message: string): Error {
  return Object.assign(new InputError(message), { statusCode });
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

/** Deepest level, and an upper limit of the number of values: each follows an opening, a comma or nothing. */
function structureOf(body: Buffer): { depth: number; count: number } {
  let level = 0;
  let depth = 0;
  let count = 1;
  let inText = false;
  for (let i = 0; i < body.length; i += 1) {
    const byte = body[i];
    if (inText) {
      if (byte === BACKSLASH) {
        i += 1;
      } else if (byte === QUOTE) {
        inText = false;
      }
    } else if (byte === QUOTE) {
      inText = true;
    } else if (byte === COMMA) {
      count += 1;
    } else if (OPENING.includes(byte)) {
      level += 1;
      count += 1;
      depth = Math.max(depth, level);
    } else if (CLOSING.includes(byte)) {
      level -= 1;
    }
  }
  return { depth, count };
}
