import type {
  ClusterStore,
  MlPlatformConfig,
  ObjectChange,
  ObjectType,
  StoredObject,
} from '@internal/plugin-ml-platform-node';
import { seededIntegers } from '@internal/plugin-ml-platform-node/testing';
import { CapacityReader } from './CapacityReader';

const SEEDS = Number(process.env.FUZZ_SEEDS ?? 10);
const STEPS = 1_500;
const config = {
  nodePoolLabels: ['ml-platform.io/pool'],
} as MlPlatformConfig;

const UNREADABLE = {
  problem: { source: 'one', kind: 'timeout' as const, message: 'Timed out.' },
};

/** Store of one cluster whose objects a test changes. While it is not readable, it lists nothing, with a problem. */
class FakeStore {
  readonly #byType = new Map<ObjectType, Map<string, StoredObject>>();
  readonly #listeners: Array<(change: ObjectChange) => void> = [];
  isReadable = true;

  put(type: ObjectType, object: StoredObject) {
    const { name } = object.metadata;
    const previous = this.#of(type).get(name);
    this.#of(type).set(name, object);
    this.#announce({ cluster: 'one', type, object, previous });
  }

  delete(type: ObjectType, name: string) {
    const previous = this.#of(type).get(name);
    if (this.#of(type).delete(name)) {
      this.#announce({ cluster: 'one', type, previous });
    }
  }

  readonly store = {
    clusters: () => ['one'],
    subscribe: (listener: (change: ObjectChange) => void) => {
      this.#listeners.push(listener);
      return () => {};
    },
    list: async (_: string, type: ObjectType) => {
      const listing = this.isReadable
        ? {
            items: [...this.#of(type).values()],
            asOf: '2026-11-20T10:00:00.000Z',
          }
        : { items: [], ...UNREADABLE };
      // Objects may change between the list and the reader's next step.
      await Promise.resolve();
      return listing;
    },
    freshness: () =>
      this.isReadable ? { asOf: '2026-11-20T10:00:00.000Z' } : UNREADABLE,
  } as unknown as ClusterStore;

  #of(type: ObjectType) {
    const objects = this.#byType.get(type) ?? new Map<string, StoredObject>();
    this.#byType.set(type, objects);
    return objects;
  }

  #announce(change: ObjectChange) {
    this.#listeners.forEach(listener => listener(change));
  }
}

const POOLS = ['general', 'gpu', undefined];
const CPUS = ['100m', '0.1', '1', '333m', '1500u'];
const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed'];

function applyRandomChange(
  objects: FakeStore,
  next: (limit: number) => number,
) {
  const name = `${next(40)}`;
  const node = `node-${next(8)}`;
  switch (next(8)) {
    case 0:
      return objects.delete('nodes', node);
    case 1: {
      const pool = POOLS[next(POOLS.length)];
      return objects.put('nodes', {
        apiVersion: 'v1',
        kind: 'Node',
        metadata: {
          name: node,
          labels: pool ? { 'ml-platform.io/pool': pool } : {},
        },
        spec: { unschedulable: next(4) === 0 },
        status: {
          allocatable: {
            cpu: `${next(16)}`,
            memory: `${next(64)}Gi`,
            pods: `${next(20)}`,
            'nvidia.com/gpu': `${next(5)}`,
          },
          conditions: [{ type: 'Ready', status: next(4) ? 'True' : 'False' }],
        },
      });
    }
    case 2:
      return objects.delete('pods', name);
    default: {
      const requests = {
        cpu: CPUS[next(CPUS.length)],
        memory: `${next(1000)}Mi`,
        'nvidia.com/gpu': `${next(3)}`,
      };
      return objects.put('pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'n' },
        spec: {
          ...(next(4) > 0 && { nodeName: node }),
          containers: [{ name: 'c', resources: { requests } }],
        },
        status: { phase: PHASES[next(PHASES.length)] },
      });
    }
  }
}

describe.each(Array.from({ length: SEEDS }, (_, seed) => seed + 1))(
  'seed %d',
  seed => {
    const recomputed = (objects: FakeStore) =>
      new CapacityReader({ store: objects.store, config }).read({});

    it('equals, after every change, the capacity recomputed from all objects', async () => {
      const next = seededIntegers(seed);
      const objects = new FakeStore();
      for (let i = 0; i < 60; i++) {
        applyRandomChange(objects, next);
      }
      // The initial list fails at first, and completes while objects change.
      objects.isReadable = false;
      const incremental = new CapacityReader({ store: objects.store, config });
      for (let i = 0; i < 60; i++) {
        applyRandomChange(objects, next);
      }
      expect((await incremental.read({})).freshness.stale).toBe(true);
      applyRandomChange(objects, next);
      objects.isReadable = true;
      const loading = incremental.read({});
      applyRandomChange(objects, next);
      applyRandomChange(objects, next);
      await loading;

      const actual: unknown[] = [];
      const expected: unknown[] = [];
      for (let i = 0; i < STEPS; i++) {
        applyRandomChange(objects, next);
        const isChecked = i % 50 === 0;
        actual.push(isChecked && (await incremental.read({})));
        expected.push(isChecked && (await recomputed(objects)));
      }
      expect(actual).toEqual(expected);
      expect(
        (await incremental.read({})).clusters[0].pools.length,
      ).toBeGreaterThan(0);
    });
  },
);

it('reads only the changed pod per change, of 20,000 pods', async () => {
  const objects = new FakeStore();
  let specReads = 0;
  const pod = (index: number): StoredObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, namespace: 'n' },
    get spec() {
      specReads += 1;
      return {
        nodeName: `node-${index % 500}`,
        containers: [
          {
            name: 'c',
            resources: { requests: { cpu: '100m', memory: '1Gi' } },
          },
        ],
      };
    },
    status: { phase: 'Running' },
  });
  const reader = new CapacityReader({ store: objects.store, config });
  for (let i = 0; i < 20_000; i++) {
    objects.put('pods', pod(i));
  }
  await reader.read({});
  specReads = 0;
  for (let i = 0; i < 20_000; i++) {
    objects.put('pods', pod(i));
  }

  // A few reads of the old and the new pod. A recomputation for each change would read 20,000 pods each time.
  expect(specReads).toBeGreaterThan(0);
  expect(specReads).toBeLessThan(20 * 20_000);
});
