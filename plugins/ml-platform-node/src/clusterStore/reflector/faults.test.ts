import { setTimeout as delay } from 'node:timers/promises';
import { createTestStore, FakeKubernetes } from '../../testing';
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

// Longer than it takes, for machines that do much else.
jest.setTimeout(20_000);

describe('when the API server fails', () => {
  let kubernetes: FakeKubernetes;
  let store: KubernetesClusterStore;

  const pods = async () =>
    (await store.list('one', 'pods')).items.map(
      ({ metadata }) => metadata.name,
    );
  const status = (type: ObjectType): TypeStatus =>
    store.status().find(each => each.type === type)!;
  const until = async (condition: () => boolean, ms = 15_000) => {
    for (const deadline = Date.now() + ms; !condition(); ) {
      if (Date.now() > deadline) {
        throw new Error(`Not within ${ms} ms: ${condition}`);
      }
      await delay(5);
    }
  };
  const asked = (text: string) =>
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
  ])('keeps what it knows while it is %s', async (behaviour, kind) => {
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

  it('asks less and less often, and not before it may', async () => {
    await restart({ backoffMs: [20, 10_000] });
    await kubernetes.settled(store);
    kubernetes.behaviour = 500;
    kubernetes.requests.length = 0;
    await delay(700);
    const stormy = asked('/pods');

    kubernetes.retryAfter = 60;
    kubernetes.requests.length = 0;
    await restart({ backoffMs: [20, 100] });
    await kubernetes.settled(store);
    await delay(500);

    // 20 + 40 + 80 + 160 + 320 ms, each at least half of it.
    expect(stormy).toBeGreaterThan(2);
    expect(stormy).toBeLessThanOrEqual(7);
    expect(asked('/pods')).toBe(1);
  });

  it('says of one type that it is forbidden, and follows the others', async () => {
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
    // What stays is never away: 'c' comes, then 'a' goes.
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

  it('notices a watch that says nothing, and catches up', async () => {
    kubernetes.behaviour = 'silent';
    kubernetes.objects.push(pod('missed'));
    await delay(20);
    const { asOf } = await store.list('one', 'pods');
    kubernetes.behaviour = 'normal';

    // The events of meanwhile were never sent on the old watch.
    await until(() => status('pods').objects === 3);

    expect((await store.list('one', 'pods')).asOf! > asOf!).toBe(true);
    expect(status('pods').relists).toBe(0);
  });

  it('takes a missing definition for a feature that is off, until it appears', async () => {
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

  it('keeps objects when something answers 404 that is no API server', async () => {
    kubernetes.objects.push(report('kept'));
    await kubernetes.settled(store);
    kubernetes.behaviour = 404;
    await until(
      () => status('vulnerabilityreports').problem?.kind === 'failed',
    );

    const { items } = await store.list('one', 'vulnerabilityreports');

    expect(items).toHaveLength(1);
  });

  it('is not confused by odd events', async () => {
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

  it('tells ages by its own monotonic clock, whatever the server’s or the wall’s', async () => {
    const wall = jest.spyOn(Date, 'now').mockReturnValue(0);
    const { staleSeconds, idleSeconds } = status('pods');
    wall.mockRestore();

    expect(staleSeconds).toBeGreaterThanOrEqual(0);
    expect(staleSeconds).toBeLessThan(5);
    expect(idleSeconds).toBeGreaterThanOrEqual(0);
  });

  it('ends all requests when it is stopped', async () => {
    await store.stop();
    kubernetes.requests.length = 0;
    await delay(200);

    expect(kubernetes.requests).toEqual([]);
    expect(await pods()).toEqual(['a', 'b']);
  });
});
