import {
  coreServices,
  createBackendPlugin,
} from '@backstage/backend-plugin-api';
import { ForwardedError, ServiceUnavailableError } from '@backstage/errors';
import express from 'express';
import { startRouter } from './__testUtils__/startRouter';

/** A plugin whose requests fail. */
const failing = createBackendPlugin({
  pluginId: 'failing',
  register(env) {
    env.registerInit({
      deps: { httpRouter: coreServices.httpRouter },
      async init({ httpRouter }) {
        const router = express.Router();
        router.get('/database', () => {
          const statement = 'select "a" from "b" - no such table: b';
          throw new ForwardedError('It failed', new Error(statement));
        });
        router.get('/own', (_, response) => {
          response.status(500).json({ error: 'connect 10.0.0.1:6443' });
        });
        router.get('/busy', () => {
          throw new ServiceUnavailableError('The forge does not respond.');
        });
        httpRouter.use(router);
        httpRouter.addAuthPolicy({ path: '/', allow: 'unauthenticated' });
      },
    });
  },
});

describe('responses of requests that fail', () => {
  let router: Awaited<ReturnType<typeof startRouter>>;

  beforeAll(async () => {
    router = await startRouter(failing);
  });
  afterAll(() => router?.stop());

  const get = async (path: string) => {
    const response = await fetch(`${router.url}${path}`);
    return { status: response.status, text: await response.text() };
  };

  it.each(['/api/failing/database', '/api/failing/own'])(
    'show no text of an internal error: %s',
    async path => {
      const { status, text } = await get(path);
      expect(status).toBe(500);
      expect(text).not.toMatch(/select|It failed|10\.0\.0\.1/);
      expect(JSON.parse(text)).toEqual({
        error: {
          name: 'InternalError',
          message: expect.stringMatching(
            /^The portal failed to process this request\. .* this ID .*: [0-9a-f-]{36}\.$/,
          ),
        },
        request: { method: 'GET', url: path },
        response: { statusCode: 500 },
      });
    },
  );

  it('show what is meant for people', async () => {
    const { status, text } = await get('/api/failing/busy');
    expect(status).toBe(503);
    expect(JSON.parse(text).error.message).toBe('The forge does not respond.');
  });
});
