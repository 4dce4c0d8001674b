import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mockServices } from '@backstage/backend-test-utils';
import express from 'express';
import { createTaskGuard } from './taskGuards';
import { TaskQuota } from './TaskQuota';

let server: Server;

beforeAll(async () => {
  const app = express();
  app.use(
    createTaskGuard({
      auth: mockServices.auth(),
      httpAuth: mockServices.httpAuth(),
      quota: new TaskQuota(async () => 0),
    }),
  );
  app.get('/v2/tasks', ({ query }, response) => {
    response.json(query);
  });
  server = app.listen(0);
  await once(server, 'listening');
});
afterAll(() => {
  server.close();
});

it.each([
  ['', '50'],
  ['?limit=5', '5'],
  ['?limit=50', '50'],
  ['?limit=51', '50'],
  ['?limit=-1', '50'],
  ['?limit=1&limit=2', '50'],
  ['?limit=all', '50'],
])('lists at most 50 tasks: %s', async (query, limit) => {
  const { port } = server.address() as AddressInfo;
  const response = await fetch(`http://localhost:${port}/v2/tasks${query}`);
  expect(await response.json()).toMatchObject({ limit });
});
