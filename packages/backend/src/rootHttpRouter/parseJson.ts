import { InputError } from '@backstage/errors';
import express, { type RequestHandler } from 'express';

const MAX_BODY = '1mb';
const MAX_DEPTH = 64;

/** Requests whose handler needs the bytes: signed events, and those that are passed on. */
const RAW_BODIES = [
  '/api/events/',
  '/api/kubernetes/proxy/',
  '/api/ml-platform/webhooks/',
];

const json = express.json({
  limit: MAX_BODY,
  verify: (_request, _response, body) => {
    if (isDeeperThan(body, MAX_DEPTH)) {
      // `body-parser` takes other errors for 403.
      throw Object.assign(
        new InputError(
          `The JSON is nested more than ${MAX_DEPTH} levels deep. Make it flatter.`,
        ),
        { statusCode: 400 },
      );
    }
  },
});

/**
 * Parses the JSON of all plugins, within limits: most code that reads a value calls itself for each level, and ends in a
 * stack overflow, which is an internal error. The parsers of plugins leave a parsed body as it is.
 */
export const parseJson: RequestHandler = (request, response, next) => {
  const path = request.originalUrl.toLowerCase();
  if (RAW_BODIES.some(prefix => path.startsWith(prefix))) {
    next();
  } else {
    json(request, response, next);
  }
};

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = [0x5b, 0x7b];
const CLOSING = [0x5d, 0x7d];

function isDeeperThan(body: Buffer, maxDepth: number): boolean {
  let depth = 0;
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
    } else if (OPENING.includes(byte)) {
      depth += 1;
      if (depth > maxDepth) {
        return true;
      }
    } else if (CLOSING.includes(byte)) {
      depth -= 1;
    }
  }
  return false;
}
