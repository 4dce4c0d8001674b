import { finished } from 'node:stream';
import type { RequestHandler } from 'express';
import { claimedUser } from './claimedUser';
import { OpenConnections, tooManyOpen } from './OpenConnections';

/** A browser holds six connections open per tab and host, of which a page's stream of events is one. */
const LIMITS = { perPerson: 100, inTotal: 2_000 };

/** Limits the requests of a person that are open at once: streams of events and logs, and whatever takes long. */
export function limitOpenRequests(): RequestHandler {
  const open = new OpenConnections(LIMITS);
  return (request, response, next) => {
    const person = claimedUser(request);
    if (person === undefined) {
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
