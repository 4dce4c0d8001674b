import { setTimeout as delay } from 'node:timers/promises';
import { createTestStore, eventually, FakeKubernetes } from '../../testing';
import type { TypeStatus } from '../ClusterStore';
import type { ObjectType } from '../objectTypes';
import type { KubernetesClusterStore } from '../KubernetesClusterStore';

const pod = (name: string) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, namespace: 'team' },
});

const report = (name: string) => ({
  apiVersion: 'aquasecurity.github.io/v1alpha1',
  kind: 'VulnerabilityReport',
  metadata: { name, namespace: 'team' },
});

describe('when the API server fails', () => {
  let kubernetes: FakeKubernetes;
  let store: KubernetesClusterStore;
  let startedAt: number;

  const pods = async () =>
    (await store.list('one', 'pods')).items.map(
      ({ metadata }) => metadata.name,
    );
  const status = (type: ObjectType): TypeStatus =>
    store.status().find(each => each.type === type)!;
  const requestCount = (text: string) =>
    kubernetes.requests.filter(path => path.includes(text)).length;
  const restart = async (
    timing: Parameters<typeof createTestStore>[1] = {},
  ): Promise<void> => {
    await store.stop();
    store = createTestStore({ one: kubernetes }, timing);
  };

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [pod('a'), pod('b')];
    startedAt = performance.now();
    store = createTestStore({ one: kubernetes });
    await kubernetes.settled(store);
  });
  afterEach(async () => {
    await store.stop();
    await kubernetes.stop();
  });

  it.each([
    ['silent' as const, 'timeout'],
    [401, 'unauthorized'],
    [403, 'forbidden'],
    [429, 'failed'],
    [500, 'failed'],
  ])('keeps the last known objects while it is %s', async (behaviour, kind) => {
    if (behaviour === 'silent') {
      await restart({ responseTimeoutMs: 500 });
      await kubernetes.settled(store);
    }
    kubernetes.behaviour = behaviour;
    await kubernetes.settled(store);
    const { asOf } = await store.list('one', 'pods');
    kubernetes.objects.push(pod('c'));
    await delay(50);

    const during = await store.list('one', 'pods');

    expect(await pods()).toEqual(['a', 'b']);
    expect(during.asOf).toEqual(asOf);
    expect(during.problem).toMatchObject({ kind, source: 'Kubernetes (one)' });
    expect(JSON.stringify(during.problem)).not.toMatch(/127\.0|10\.0|dial/);

    kubernetes.behaviour = 'normal';
    await kubernetes.settled(store);
    expect(await pods()).toEqual(['a', 'b', 'c']);
    expect((await store.list('one', 'pods')).problem).toBeUndefined();
  });

  it('backs off exponentially', async () => {
    await restart({ backoffMs: [20, 10_000] });
    await kubernetes.settled(store);
    const times: number[] = [];
    kubernetes.onRequest = path => {
      if (path.includes('/pods')) {
        times.push(performance.now());
      }
    };
    kubernetes.behaviour = 500;
    await eventually(() => expect(times.length).toBeGreaterThan(6));

    // 20, 40, 80, 160, 320 and 640 ms, each at least half of it; timers may fire a millisecond early.
    for (let i = 0; i < 6; i += 1) {
      expect(times[i + 1] - times[i]).toBeGreaterThanOrEqual(10 * 2 ** i - 2);
    }
  });

  it('waits as long as the server asks for', async () => {
    await store.stop();
    kubernetes.behaviour = 500;
    kubernetes.retryAfter = 60;
    kubernetes.requests.length = 0;
    store = createTestStore({ one: kubernetes });
    await kubernetes.settled(store);
    await delay(500);

    expect(requestCount('/pods')).toBe(1);
  });

  it('reports a forbidden type, and watches the others', async () => {
    kubernetes.failures = { events: 403 };
    await restart();
    await kubernetes.settled(store);

    expect((await store.list('one', 'events')).problem?.kind).toBe('forbidden');
    expect((await store.list('one', 'pods')).problem).toBeUndefined();
    expect(await pods()).toEqual(['a', 'b']);
  });

  it('lists again when a version is too old, without a gap', async () => {
    const seen: string[][] = [];
    store.subscribe(() => {
      seen.push(
        store.status().map(({ type, objects }) => `${type} ${objects}`),
      );
    });
    kubernetes.behaviour = 500;
    await kubernetes.settled(store);
    kubernetes.objects = [pod('b'), pod('c')];
    kubernetes.forgetHistory();
    kubernetes.behaviour = 'normal';
    await kubernetes.settled(store);

    expect(await pods()).toEqual(['b', 'c']);
    expect(status('pods').relists).toBe(1);
    // 'c' is added before 'a' is deleted, and 'b' is always there.
    expect(seen.map(types => types.find(each => /^pods/.test(each)))).toEqual([
      'pods 3',
      'pods 2',
    ]);
  });

  it('starts a list over when it expires between pages', async () => {
    kubernetes.objects = Array.from({ length: 1200 }, (_, i) => pod(`p${i}`));
    kubernetes.expireNextPage = true;
    await restart();
    await kubernetes.settled(store);

    expect(new Set(await pods()).size).toBe(1200);
  });

  it('survives 100 broken connections', async () => {
    await restart({ backoffMs: [1, 5], healthyWatchMs: 0 });
    for (let i = 0; i < 100; i += 1) {
      kubernetes.objects.push(pod(`r${i}`));
      await delay(3);
      kubernetes.resetWatches();
    }
    await kubernetes.settled(store);

    expect(await pods()).toHaveLength(102);
    expect(status('pods').relists).toBe(0);
  });

  it('notices a silent watch, and catches up', async () => {
    kubernetes.behaviour = 'silent';
    kubernetes.objects.push(pod('missed'));
    await delay(20);
    const { asOf } = await store.list('one', 'pods');
    kubernetes.behaviour = 'normal';

    // The old watch never sends the missed event.
    await eventually(() => expect(status('pods').objects).toBe(3));

    expect((await store.list('one', 'pods')).asOf! > asOf!).toBe(true);
    expect(status('pods').relists).toBe(0);
  });

  it('treats a missing custom resource definition as a feature that is off', async () => {
    kubernetes.missingGroups = ['aquasecurity.github.io'];
    await restart();
    await kubernetes.settled(store);
    const off = await store.list('one', 'vulnerabilityreports');
    kubernetes.objects.push(report('new'));
    kubernetes.missingGroups = [];
    await kubernetes.settled(store);
    const on = await store.list('one', 'vulnerabilityreports');
    kubernetes.missingGroups = ['aquasecurity.github.io'];
    await kubernetes.settled(store);
    const offAgain = await store.list('one', 'vulnerabilityreports');

    expect(off).toMatchObject({ items: [], asOf: expect.any(String) });
    expect(off.problem).toBeUndefined();
    expect(on.items).toHaveLength(1);
    expect(offAgain.items).toHaveLength(0);
    expect(offAgain.problem).toBeUndefined();
  });

  it('keeps objects when something other than an API server responds 404', async () => {
    kubernetes.objects.push(report('kept'));
    await kubernetes.settled(store);
    kubernetes.behaviour = 404;
    await eventually(() =>
      expect(status('vulnerabilityreports').problem?.kind).toBe('failed'),
    );

    const { items } = await store.list('one', 'vulnerabilityreports');

    expect(items).toHaveLength(1);
  });

  it('ignores malformed and repeated events', async () => {
    kubernetes.send('ADDED', {
      ...pod('odd'),
      metadata: null as never,
    });
    kubernetes.send('DELETED', pod('never-there'));
    kubernetes.send('MODIFIED', pod('a'));
    kubernetes.send('MODIFIED', pod('a'));
    kubernetes.objects.push(pod('c'));
    await kubernetes.settled(store);

    expect(await pods()).toEqual(['a', 'b', 'c']);
  });

  it('measures ages by the monotonic clock, whatever the clocks of server and wall', async () => {
    const wall = jest.spyOn(Date, 'now').mockReturnValue(0);
    const { staleSeconds, idleSeconds } = status('pods');
    wall.mockRestore();

    expect(staleSeconds).toBeGreaterThanOrEqual(0);
    expect(staleSeconds).toBeLessThanOrEqual(
      (performance.now() - startedAt) / 1000,
    );
    expect(idleSeconds).toBeGreaterThanOrEqual(0);
  });

  it('sends no requests after it was stopped', async () => {
    await store.stop();
    kubernetes.requests.length = 0;
    await delay(200);

    expect(kubernetes.requests).toEqual([]);
    expect(await pods()).toEqual(['a', 'b']);
  });
});
