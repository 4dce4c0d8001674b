import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import { podLogsReadPermission } from '@internal/plugin-ml-platform-common';
import {
  createTeamAuthorizer,
  type ClusterStore,
} from '@internal/plugin-ml-platform-node';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  fakePermissions,
} from '@internal/plugin-ml-platform-node/testing';
import express from 'express';
import { TeamAccess } from '../access/TeamAccess';
import { createPodsRouter } from './podsRouter';

const MINE = 'app-ml-team-dev/a';
const MEBIBYTE = 1024 * 1024;

describe('following a log', () => {
  const engineer = 'user:default/ml-engineer';
  let grants: Record<string, Record<string, string[]>>;
  let kubernetes: FakeKubernetes;
  let store: ClusterStore & { stop(): Promise<void> };
  let server: ReturnType<express.Express['listen']>;

  beforeEach(async () => {
    grants = { [engineer]: { [podLogsReadPermission.name]: ['app-ml-team'] } };
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
    kubernetes.logs.set(MINE, 'hello\n');
    kubernetes.logs.set('app-data-team-dev/a', 'their secrets\n');
    const followed = createTestStore({ sandbox: kubernetes });
    store = followed;
    await kubernetes.settled(followed);
    const access = TeamAccess.create({
      httpAuth: mockServices.httpAuth(),
      authorizer: createTeamAuthorizer(fakePermissions(grants)),
    });
    const app = express();
    app.use(createPodsRouter({ access, store, recheckMs: 50 }));
    app.use(
      (
        error: Error,
        _: express.Request,
        response: express.Response,
        _next: express.NextFunction,
      ) => {
        response.status(error.name === 'NotFoundError' ? 404 : 500).end();
      },
    );
    server = app.listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterEach(async () => {
    server.closeAllConnections();
    server.close();
    await store.stop();
    await kubernetes.stop();
  });

  /** What has been read so far is in `text`; `ended` when the answer is over, in whichever way. */
  async function follow(namespace = 'app-ml-team-dev', query = '') {
    const { port } = server.address() as AddressInfo;
    const abort = new AbortController();
    const response = await fetch(
      `http://127.0.0.1:${port}/clusters/sandbox/namespaces/${namespace}/pods/a/logs/follow${query}`,
      {
        headers: { authorization: mockCredentials.user.header(engineer) },
        signal: abort.signal,
      },
    );
    const reading = { response, text: '', bytes: 0, ended: false, abort };
    const decoder = new TextDecoder();
    const read = async () => {
      for await (const chunk of response.body ?? []) {
        reading.bytes += chunk.length;
        reading.text += decoder.decode(chunk, { stream: true });
      }
    };
    read()
      .catch(() => {})
      .finally(() => {
        reading.ended = true;
      });
    return reading;
  }

  async function until(isSo: () => boolean) {
    const deadline = Date.now() + 5_000;
    while (!isSo()) {
      if (Date.now() > deadline) {
        throw new Error(`Never so: ${isSo}`);
      }
      await new Promise(done => setTimeout(done, 5));
    }
  }

  it('gives lines as they are written, until the container ends', async () => {
    const reading = await follow('app-ml-team-dev', '?sinceSeconds=60');
    await until(() => reading.text === 'hello\n');
    expect(reading.response.headers.get('content-type')).toBe(
      'text/plain; charset=utf-8',
    );
    expect(reading.response.headers.get('cache-control')).toContain(
      'no-transform',
    );
    expect(kubernetes.requests.at(-1)).toBe(
      '/api/v1/namespaces/app-ml-team-dev/pods/a/log?tailLines=1000&follow=true&sinceSeconds=60',
    );

    kubernetes.logs.set(MINE, 'hello\nstep 1\n');
    await until(() => reading.text === 'hello\nstep 1\n');
    expect(reading.ended).toBe(false);

    kubernetes.logs.delete(MINE);
    await until(() => reading.ended);
  });

  it('lets go of the cluster when the reader goes away', async () => {
    const reading = await follow();
    await until(() => reading.text !== '');
    expect(kubernetes.logReaders.size).toBe(1);
    reading.abort.abort();
    await until(() => kubernetes.logReaders.size === 0);
    expect(reading.text).toBe('hello\n');
  });

  it('ends when the reader loses the permission', async () => {
    const reading = await follow();
    await new Promise(done => setTimeout(done, 200));
    expect(reading.ended).toBe(false);
    grants[engineer] = {};
    await until(() => reading.ended && kubernetes.logReaders.size === 0);
  });

  it('ends when the namespace becomes that of another team', async () => {
    const reading = await follow();
    await until(() => reading.text !== '');
    expect(reading.ended).toBe(false);
    kubernetes.objects[0] = fakeObjects.namespace(
      'app-data-team',
      'dev',
      'app-ml-team-dev',
    );
    await until(() => reading.ended && kubernetes.logReaders.size === 0);
  });

  it('answers the same for what is foreign and what does not exist, and asks no cluster', async () => {
    const asked = kubernetes.requests.length;
    const foreign = await follow('app-data-team-dev');
    const nothing = await follow('nothing');
    expect([foreign.response.status, nothing.response.status]).toEqual([
      404, 404,
    ]);
    expect(
      kubernetes.requests.slice(asked).filter(path => path.includes('/log')),
    ).toEqual([]);
  });

  it('sends no more than its limit', async () => {
    kubernetes.logs.set(MINE, 'x'.repeat(20 * MEBIBYTE));
    const reading = await follow();
    await until(() => reading.ended);
    expect(reading.bytes).toBeGreaterThan(15 * MEBIBYTE);
    expect(reading.bytes).toBeLessThan(18 * MEBIBYTE);
    await until(() => kubernetes.logReaders.size === 0);
  });
});
