import { finished } from 'node:stream';
import type { RequestHandler } from 'express';
import { claimedUser } from './claimedUser';
import { OpenConnections, tooManyOpen } from './OpenConnections';
import { hasRawBody } from './parseJson';

/**
 * A browser opens up to six connections per host, one of them for the page's event stream. The token is not verified yet, so
 * a total over all persons would let anybody on the network lock out everybody.
 */
const LIMITS = { perPerson: 100, inTotal: Infinity };

/** Limits the number of open requests of one person: streams of events and logs, and all other long requests. */
export function limitOpenRequests(): RequestHandler {
  const open = new OpenConnections(LIMITS);
  return (request, response, next) => {
    const person = claimedUser(request);
    // The body of all other requests has arrived, so the plugin rejects an unsigned token at once.
    if (person === undefined || hasRawBody(request.originalUrl)) {
      next();
      return;
    }
    const close = open.open(person);
    if (close) {
      finished(response, close);
      next();
    } else {
      next(tooManyOpen('requests'));
    }
  };
}
