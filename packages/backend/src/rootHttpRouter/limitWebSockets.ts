import type { IncomingMessage, Server } from 'node:http';
import type { RequestHandler } from 'express';
import { claimedUser } from './claimedUser';
import { OpenConnections, tooManyOpen } from './OpenConnections';

/** One for each tab of a browser. */
const LIMITS = { perPerson: 50, inTotal: 2_000 };

/**
 * Limits the web sockets of a person. What is over the limit reaches Express as a request without an upgrade, and the
 * middleware that this returns refuses it with 429. The plugins reject those without a valid token.
 */
export function limitWebSockets(server: Server): RequestHandler {
  const open = new OpenConnections(LIMITS);
  const refused = new WeakSet<IncomingMessage>();
  // Node.js calls it before it upgrades a connection, from version 24.9 on.
  Object.assign(server, {
    shouldUpgradeCallback: (request: IncomingMessage) => {
      const person = claimedUser(request);
      if (person === undefined) {
        return true; // Rejected by the plugin.
      }
      const close = open.open(person);
      if (close) {
        request.socket.once('close', close);
      } else {
        refused.add(request);
      }
      return close !== undefined;
    },
  });
  return (request, _, next) =>
    next(refused.has(request) ? tooManyOpen('web sockets') : undefined);
}
