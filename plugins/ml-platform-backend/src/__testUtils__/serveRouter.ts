import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { createTeamAuthorizer } from '@internal/plugin-ml-platform-node';
import {
  fakePermissions,
  type FakeGrants,
} from '@internal/plugin-ml-platform-node/testing';
import express, { type Router } from 'express';
import { TeamAccess } from '../http/TeamAccess';

/** What somebody has read of a stream; `ended` when it is over, in whichever way. */
export interface Reading {
  response: Response;
  text: string;
  bytes: number;
  ended: boolean;
  leave: () => void;
}

/** A router by itself, for streams: `grants` may change while they are open. */
export async function serveRouter(
  createRouter: (access: TeamAccess) => Router,
  grants: FakeGrants,
) {
  const app = express();
  app.use(
    createRouter(
      TeamAccess.create({
        httpAuth: mockServices.httpAuth(),
        authorizer: createTeamAuthorizer(fakePermissions(grants)),
      }),
    ),
  );
  app.use(
    (
      error: Error,
      _: express.Request,
      response: express.Response,
      // Express knows by the number of parameters that this is for errors.
      _next: express.NextFunction,
    ) => {
      const statuses: Record<string, number> = {
        NotFoundError: 404,
        InputError: 400,
      };
      response.status(statuses[error.name] ?? 500).end();
    },
  );
  const server = app.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
    read: async (person: string, path: string): Promise<Reading> => {
      const abort = new AbortController();
      const response = await fetch(`http://127.0.0.1:${port}${path}`, {
        headers: { authorization: mockCredentials.user.header(person) },
        signal: abort.signal,
      });
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
