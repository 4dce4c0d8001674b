import { podLogsReadPermission } from '@internal/plugin-ml-platform-common';
import type { KubernetesClusterStore } from '@internal/plugin-ml-platform-node';
import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  type FakeGrants,
  eventually,
} from '@internal/plugin-ml-platform-node/testing';
import { serveForTest } from '../../__testUtils__/serveForTest';
import { createPodsRoutes } from './podsRoutes';

const OWN_POD = 'app-ml-team-dev/a';
const MEBIBYTE = 1024 * 1024;

describe('following a pod log', () => {
  const engineer = 'user:default/ml-engineer';
  let grants: FakeGrants;
  let kubernetes: FakeKubernetes;
  let store: KubernetesClusterStore;
  let server: Awaited<ReturnType<typeof serveForTest>>;

  beforeEach(async () => {
    grants = { [engineer]: { [podLogsReadPermission.name]: ['app-ml-team'] } };
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
    kubernetes.logs.set(OWN_POD, 'hello\n');
    kubernetes.logs.set('app-data-team-dev/a', 'their secrets\n');
    store = createTestStore({ sandbox: kubernetes });
    await kubernetes.settled(store);
    server = await serveForTest({
      routes: createPodsRoutes({ store }),
      grants,
      recheckMs: 50,
    });
  });
  afterEach(async () => {
    server.stop();
    await store.stop();
    await kubernetes.stop();
  });

  const follow = (namespace = 'app-ml-team-dev', query = '') =>
    server.read(
      engineer,
      `/clusters/sandbox/namespaces/${namespace}/pods/a/logs/follow${query}`,
    );

  it('streams lines as they are written, until the container ends', async () => {
    const reading = await follow('app-ml-team-dev', '?sinceSeconds=60');
    await eventually(() => expect(reading.text === 'hello\n').toBe(true));
    expect(reading.response.headers.get('content-type')).toBe(
      'text/plain; charset=utf-8',
    );
    expect(reading.response.headers.get('cache-control')).toContain(
      'no-transform',
    );
    expect(kubernetes.requests.at(-1)).toBe(
      '/api/v1/namespaces/app-ml-team-dev/pods/a/log?tailLines=1000&follow=true&sinceSeconds=60',
    );

    kubernetes.logs.set(OWN_POD, 'hello\nstep 1\n');
    await eventually(() =>
      expect(reading.text === 'hello\nstep 1\n').toBe(true),
    );
    expect(reading.ended).toBe(false);

    kubernetes.logs.delete(OWN_POD);
    await eventually(() => expect(reading.ended).toBe(true));
  });

  it('closes the connection to the cluster when the client disconnects', async () => {
    const reading = await follow();
    await eventually(() => expect(reading.text !== '').toBe(true));
    expect(kubernetes.logReaders.size).toBe(1);
    reading.leave();
    await eventually(() => expect(kubernetes.logReaders.size === 0).toBe(true));
    expect(reading.text).toBe('hello\n');
  });

  it('ends when the user loses the permission', async () => {
    const reading = await follow();
    await server.checkedAgain();
    expect(reading.ended).toBe(false);
    grants[engineer] = {};
    await eventually(() =>
      expect(reading.ended && kubernetes.logReaders.size === 0).toBe(true),
    );
  });

  it('ends when the namespace is given to another team', async () => {
    const reading = await follow();
    await eventually(() => expect(reading.text !== '').toBe(true));
    expect(reading.ended).toBe(false);
    kubernetes.objects[0] = fakeObjects.namespace(
      'app-data-team',
      'dev',
      'app-ml-team-dev',
    );
    await eventually(() =>
      expect(reading.ended && kubernetes.logReaders.size === 0).toBe(true),
    );
  });

  it('responds alike to pods of other teams and to pods that do not exist, without a request to the cluster', async () => {
    const requestsSoFar = kubernetes.requests.length;
    const otherTeam = await follow('app-data-team-dev');
    const nothing = await follow('nothing');
    expect([otherTeam.response.status, nothing.response.status]).toEqual([
      404, 404,
    ]);
    expect(
      kubernetes.requests
        .slice(requestsSoFar)
        .filter(path => path.includes('/log')),
    ).toEqual([]);
  });

  it('ends at the maximum response size', async () => {
    kubernetes.logs.set(OWN_POD, 'x'.repeat(20 * MEBIBYTE));
    const reading = await follow();
    await eventually(() => expect(reading.ended).toBe(true));
    expect(reading.bytes).toBeGreaterThan(15 * MEBIBYTE);
    expect(reading.bytes).toBeLessThan(18 * MEBIBYTE);
    await eventually(() => expect(kubernetes.logReaders.size === 0).toBe(true));
  });
});
