import type { IncomingMessage, Server } from 'node:http';
import type { Socket } from 'node:net';
import type { RequestHandler } from 'express';
import { claimedUser } from './claimedUser';
import { OpenConnections, tooManyOpen } from './OpenConnections';

/** Bytes from a client, in all. It subscribes in a few short messages, and connects again when it is cut off. */
const MAX_BYTES = 256 * 1024;
const CHECK_MS = 1_000;

/** One for each tab of a browser. */
const LIMITS = { perPerson: 50, inTotal: 2_000 };

/**
 * Limits the web sockets of a person. Those above the limit reach Express as requests without an upgrade, and the returned
 * middleware refuses them with 429. The plugins reject those without a valid token.
 * Sockets that send much data are closed: the signals plugin accepts messages of 100 MiB and keeps every channel they name.
 */
export function limitWebSockets(server: Server): RequestHandler {
  const open = new OpenConnections(LIMITS);
  const refused = new WeakSet<IncomingMessage>();
  const endings = new Map<Socket, number>();
  const timer = setInterval(() => {
    for (const [socket, end] of endings) {
      if (socket.bytesRead > end) {
        socket.destroy();
      }
    }
  }, CHECK_MS);
  timer.unref();
  server.once('close', () => clearInterval(timer));
  // Node.js calls it before it upgrades a connection, from version 24.9 on.
  Object.assign(server, {
    shouldUpgradeCallback: (request: IncomingMessage) => {
      const person = claimedUser(request);
      if (person === undefined) {
        return true; // Rejected by the plugin.
      }
      const close = open.open(person);
      if (close) {
        const { socket } = request;
        endings.set(socket, socket.bytesRead + MAX_BYTES);
        socket.once('close', () => {
          endings.delete(socket);
          close();
        });
      } else {
        refused.add(request);
      }
      return close !== undefined;
    },
  });
  return (request, _, next) =>
    next(refused.has(request) ? tooManyOpen('web sockets') : undefined);
}
