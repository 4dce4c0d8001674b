import { once } from 'node:events';
import http from 'node:http';
import {
  coreServices,
  createBackendPlugin,
  type SchedulerService,
} from '@backstage/backend-plugin-api';
import express from 'express';
import { openWebSocket } from '../__testUtils__/inventory/openWebSocket';
import { startRouter } from './__testUtils__/startRouter';

/** A token that nobody has signed; the plugin of this test does not look. */
const tokenOf = (user: string) =>
  ['{}', JSON.stringify({ sub: `user:default/${user}` }), 'signature']
    .map(part => Buffer.from(part).toString('base64url'))
    .join('.');

let schedulerOfNotes: SchedulerService;

/** A plugin with a JSON body, a response that stays open, a web socket and a scheduled task. */
const notes = createBackendPlugin({
  pluginId: 'notes',
  register(env) {
    env.registerInit({
      deps: {
        httpRouter: coreServices.httpRouter,
        scheduler: coreServices.scheduler,
      },
      async init({ httpRouter, scheduler: tasks }) {
        schedulerOfNotes = tasks;
        const router = express.Router();
        router.use(express.json());
        router.post('/echo', (request, response) => {
          response.send(JSON.stringify(request.body));
        });
        router.get('/stream', (_, response) => {
          response.flushHeaders();
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
        httpRouter.addWebSocketHandler({
          path: '/',
          authPolicy: 'unauthenticated',
          handler: ({ socket }) => {
            socket.resume();
            socket.write(
              'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
            );
          },
        });
      },
    });
  },
});

describe('rootHttpRouter', () => {
  let router: Awaited<ReturnType<typeof startRouter>>;
  let url: string;
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1_000 });
  /** Without the normalisation of `fetch`, and without waiting for the end. */
  const get = async (path: string, user?: string) => {
    const request = http.get(url, {
      path,
      agent,
      headers: user ? { Authorization: `Bearer ${tokenOf(user)}` } : {},
    });
    request.on('error', () => {});
    const [response] = await once(request, 'response');
    return response as http.IncomingMessage;
  };
  const statusOf = async (path: string, user?: string) => {
    const response = await get(path, user);
    response.resume();
    return response.statusCode;
  };
  const post = async (body: string) => {
    const response = await fetch(`${url}/api/notes/echo`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body,
    });
    return { status: response.status, text: await response.text() };
  };

  beforeAll(async () => {
    router = await startRouter(notes);
    url = router.url;
  });
  afterAll(async () => {
    agent.destroy();
    await router?.stop();
  });

  it.each([
    '/api/notes//.backstage/scheduler/v1/tasks',
    '/api//notes/.backstage/scheduler/v1/tasks',
    '/api/notes/./.backstage/scheduler/v1/tasks',
    '/api/notes/%2e/.backstage/scheduler/v1/tasks',
    '/api/notes/x/%2E./.backstage/scheduler/v1/tasks',
    '/api/notes/\\.backstage/scheduler/v1/tasks',
    '/api/notes/%5C.backstage/scheduler/v1/tasks',
  ])('refuses a path that can be read in two ways: %s', async path => {
    expect(await statusOf(path)).toBe(400);
  });

  it.each([
    '/api/notes/.backstage/scheduler/v1/tasks',
    '/API/Notes/.Backstage/Scheduler/V1/Tasks',
    '/api/notes/%2ebackstage/scheduler/v1/tasks',
    '/api/notes/.backstage/%73cheduler/v1/tasks',
    '/api/notes/.backstage/scheduler/v1/tasks/',
    '/api/notes/.backstage/scheduler;x=1/v1/tasks',
    '/api/notes;x=1/.backstage/scheduler/v1/tasks',
    '/api/notes/.backstage;/scheduler/v1/tasks',
  ])('has no route to scheduled tasks: %s', async path => {
    expect(await statusOf(path)).toBe(404);
  });

  it('still runs scheduled tasks', async () => {
    const ran = new Promise<void>(resolve => {
      schedulerOfNotes.scheduleTask({
        id: 'note',
        frequency: { hours: 1 },
        timeout: { minutes: 1 },
        scope: 'local',
        fn: async () => resolve(),
      });
    });
    await expect(ran).resolves.toBeUndefined();
  });

  it('refuses JSON that is nested too deep or too large, with words, and leaves other JSON as it is', async () => {
    const nested = (depth: number) =>
      `${'['.repeat(depth)}"]}\\"[{"${']'.repeat(depth)}`;
    const deep = await post(nested(65));
    const deepest = await post(nested(20_000));
    const large = await post(JSON.stringify({ text: 'x'.repeat(2 ** 20) }));
    const broken = await post('{"a":');

    expect([deep.status, deepest.status]).toEqual([400, 400]);
    expect(deep.text).toContain(
      'The JSON is nested more than 64 levels deep. Make it flatter.',
    );
    expect(large.status).toBe(413);
    expect(broken.status).toBe(400);
    expect(await post(nested(64))).toEqual({ status: 200, text: nested(64) });
    expect(await post('{"a":"[[\\\\"}')).toEqual({
      status: 200,
      text: '{"a":"[[\\\\"}',
    });
  });

  it.each([
    ['/api/notes/echo', 5_000],
    ['/api/user-settings/multiget', 500],
    ['/api/catalog/entities/by-query', 500],
  ])('refuses JSON with more values than %s takes', async (path, limit) => {
    const send = async (count: number) =>
      fetch(`${url}${path}`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ items: Array.from({ length: count }, () => 1) }),
      });
    const refused = await send(limit);
    expect(refused.status).toBe(413);
    expect(await refused.text()).toContain(
      `The JSON has more than ${limit} values. Send it in parts.`,
    );
    expect((await send(limit - 2)).status).toBe(
      path.startsWith('/api/notes') ? 200 : 404,
    );
  });

  it('reads UTF-8 only, in which depth can be counted', async () => {
    const response = await fetch(`${url}/api/notes/echo`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json; charset=utf-16le' },
      body: Buffer.from('{"\u0122":1}', 'utf16le'),
    });
    expect(response.status).toBe(415);
    expect(await response.text()).toContain('Send the JSON in UTF-8.');
  });

  it('holds no place for a request whose body is still to come', async () => {
    const waiting = Array.from({ length: 101 }, () => {
      const request = http.request(`${url}/api/events/http/forge`, {
        method: 'POST',
        agent: new http.Agent(),
        headers: {
          Authorization: `Bearer ${tokenOf('carol')}`,
          'Content-Length': '1000',
        },
      });
      request.on('error', () => {});
      request.flushHeaders();
      return request;
    });
    await Promise.all(waiting.map(request => once(request, 'socket')));
    const open = await get('/api/notes/stream', 'carol');
    expect(open.statusCode).toBe(200);
    open.destroy();
    waiting.forEach(request => request.destroy());
  });

  it('closes web sockets that send much', async () => {
    const request = http.get(`${url}/api/notes`, {
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Protocol': tokenOf('dave'),
      },
    });
    const [, socket] = await once(request, 'upgrade');
    socket.on('error', () => {});
    socket.write(Buffer.alloc(300 * 1024));
    await once(socket, 'close');
  });

  it('limits the open requests of a person, and not those of others', async () => {
    const open = [];
    for (let i = 0; i < 100; i += 1) {
      open.push(await get('/api/notes/stream', 'mallory'));
    }
    const refused = await get('/api/notes/stream', 'mallory');
    let text = '';
    refused.setEncoding('utf8').on('data', part => (text += part));
    await once(refused, 'end');

    expect(new Set(open.map(({ statusCode }) => statusCode))).toEqual(
      new Set([200]),
    );
    expect(refused.statusCode).toBe(429);
    expect(text).toContain('You have too many open requests.');
    expect((await get('/api/notes/stream', 'alice')).statusCode).toBe(200);

    const [first] = open;
    first.destroy();
    await once(first, 'close');
    let status: number | undefined;
    while (status !== 200) {
      const again = await get('/api/notes/stream', 'mallory');
      status = again.statusCode;
      if (status !== 200) {
        again.resume();
      }
    }
    open.forEach(response => response.destroy());
  });

  it('limits the web sockets of a person, and not those of others', async () => {
    const hold = async (user: string) => {
      const request = http.get(`${url}/api/notes`, {
        headers: {
          Connection: 'Upgrade',
          Upgrade: 'websocket',
          'Sec-WebSocket-Protocol': tokenOf(user),
        },
      });
      const [, socket] = await once(request, 'upgrade');
      return socket;
    };
    const sockets = [];
    for (let i = 0; i < 50; i += 1) {
      sockets.push(await hold('mallory'));
    }
    expect(await openWebSocket(`${url}/api/notes`, tokenOf('mallory'))).toBe(
      429,
    );
    expect(await openWebSocket(`${url}/api/notes`, tokenOf('alice'))).toBe(101);
    sockets.forEach(socket => socket.destroy());
  });
});
