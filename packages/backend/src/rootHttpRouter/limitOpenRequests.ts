import { finished } from 'node:stream';
import type { RequestHandler } from 'express';
import { claimedUser } from './claimedUser';
import { OpenConnections, tooManyOpen } from './OpenConnections';
import { hasRawBody } from './parseJson';

/**
 * A browser holds six connections open per tab and host, of which a page's stream of events is one. Nothing is verified yet:
 * a limit of all persons together would let anybody on the network lock out everybody.
 */
const LIMITS = { perPerson: 100, inTotal: Infinity };

/** Limits the requests of a person that are open at once: streams of events and logs, and whatever takes long. */
export function limitOpenRequests(): RequestHandler {
  const open = new OpenConnections(LIMITS);
  return (request, response, next) => {
    const person = claimedUser(request);
    // Of others, the body has arrived, so that a token that nobody signed is rejected at once.
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
