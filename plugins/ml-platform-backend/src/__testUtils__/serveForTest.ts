import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createTeamAuthorizer } from '@internal/plugin-ml-platform-node';
import {
  fakePermissions,
  type FakeGrants,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import express from 'express';
import type { Route } from '../http/Route';
import { createRouter } from '../http/router';
import { TeamAccess } from '../http/TeamAccess';

/** The part of a stream that has arrived so far. `ended` is true once it is over, for whatever reason. */
export interface Reading {
  response: Response;
  text: string;
  bytes: number;
  ended: boolean;
  leave: () => void;
}

/** Serves routes without a backend, for streams: `grants` may change while they are open. */
export async function serveForTest(options: {
  routes: Route[];
  grants: FakeGrants;
  recheckMs: number;
}) {
  const { routes, grants, recheckMs } = options;
  const permissions = fakePermissions(grants);
  let checks = 0;
  const app = express();
  app.use(
    createRouter({
      routes,
      access: new TeamAccess({
        httpAuth: mockServices.httpAuth(),
        authorizer: createTeamAuthorizer({
          ...permissions,
          authorizeConditional: (...args) => {
            checks += 1;
            return permissions.authorizeConditional(...args);
          },
        }),
      }),
      etagKey: Buffer.alloc(32),
      recheckMs,
    }),
  );
  app.use(
    (
      error: Error,
      _: express.Request,
      response: express.Response,
      // Express recognises error handlers by their four parameters.
      _next: express.NextFunction,
    ) => {
      const statuses: Record<string, number> = {
        InputError: 400,
        NotAllowedError: 403,
        NotFoundError: 404,
      };
      response.status(statuses[error.name] ?? 500).end();
    },
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const get = (person: string, path: string, signal?: AbortSignal) =>
    fetch(`http://127.0.0.1:${port}${path}`, {
      headers: { authorization: mockCredentials.user.header(person) },
      signal,
    });
  return {
    fetch: get,
    /** Waits until open streams were authorised again, at least once from start to end. */
    checkedAgain: async () => {
      const before = checks;
      await eventually(() => expect(checks).toBeGreaterThan(before + 1));
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
    read: async (person: string, path: string): Promise<Reading> => {
      const abort = new AbortController();
      const response = await get(person, path, abort.signal);
      const reading: Reading = {
        response,
        text: '',
        bytes: 0,
        ended: false,
        leave: () => abort.abort(),
      };
      collect(response, reading)
        .catch(() => {})
        .finally(() => {
          reading.ended = true;
        });
      return reading;
    },
  };
}

async function collect(response: Response, reading: Reading) {
  const decoder = new TextDecoder();
  for await (const chunk of response.body ?? []) {
    reading.bytes += chunk.length;
    reading.text += decoder.decode(chunk, { stream: true });
  }
}
