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

const NOT_READ = {
  problem: { source: 'one', kind: 'timeout' as const, message: 'Not read.' },
};

/** Objects and their changes; what is not read yet is listed as nothing with a problem, as by the store. */
class Objects {
  readonly #byType = new Map<ObjectType, Map<string, StoredObject>>();
  readonly #listeners: Array<(change: ObjectChange) => void> = [];
  isRead = true;

  put(type: ObjectType, object: StoredObject) {
    const { name } = object.metadata;
    const previous = this.#of(type).get(name);
    this.#of(type).set(name, object);
    this.#tell({ cluster: 'one', type, object, previous });
  }

  delete(type: ObjectType, name: string) {
    const previous = this.#of(type).get(name);
    if (this.#of(type).delete(name)) {
      this.#tell({ cluster: 'one', type, previous });
    }
  }

  readonly store = {
    clusters: () => ['one'],
    subscribe: (listener: (change: ObjectChange) => void) => {
      this.#listeners.push(listener);
      return () => {};
    },
    list: async (_: string, type: ObjectType) => {
      const listing = this.isRead
        ? {
            items: [...this.#of(type).values()],
            asOf: '2026-11-20T10:00:00.000Z',
          }
        : { items: [], ...NOT_READ };
      // What changes before the reader goes on is in no list.
      await Promise.resolve();
      return listing;
    },
    freshness: () =>
      this.isRead ? { asOf: '2026-11-20T10:00:00.000Z' } : NOT_READ,
  } as unknown as ClusterStore;

  #of(type: ObjectType) {
    const objects = this.#byType.get(type) ?? new Map<string, StoredObject>();
    this.#byType.set(type, objects);
    return objects;
  }

  #tell(change: ObjectChange) {
    this.#listeners.forEach(listener => listener(change));
  }
}

const POOLS = ['general', 'gpu', undefined];
const CPUS = ['100m', '0.1', '1', '333m', '1500u'];
const PHASES = ['Pending', 'Running', 'Succeeded', 'Failed'];

function step(objects: Objects, next: (below: number) => number) {
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
    const afresh = (objects: Objects) =>
      new CapacityReader({ store: objects.store, config }).read({});

    it('is at every point what is made of the objects afresh', async () => {
      const next = seededIntegers(seed);
      const objects = new Objects();
      for (let i = 0; i < 60; i++) {
        step(objects, next);
      }
      // From the middle of a first list on.
      objects.isRead = false;
      const kept = new CapacityReader({ store: objects.store, config });
      for (let i = 0; i < 60; i++) {
        step(objects, next);
      }
      expect((await kept.read({})).freshness.stale).toBe(true);
      step(objects, next);
      objects.isRead = true;
      const loading = kept.read({});
      step(objects, next);
      step(objects, next);
      await loading;

      const answers: unknown[] = [];
      const expected: unknown[] = [];
      for (let i = 0; i < STEPS; i++) {
        step(objects, next);
        const isChecked = i % 50 === 0;
        answers.push(isChecked && (await kept.read({})));
        expected.push(isChecked && (await afresh(objects)));
      }
      expect(answers).toEqual(expected);
      expect((await kept.read({})).clusters[0].pools.length).toBeGreaterThan(0);
    });
  },
);

it('costs almost nothing per change, with 20,000 pods', async () => {
  const objects = new Objects();
  const containers = [
    { name: 'c', resources: { requests: { cpu: '100m', memory: '1Gi' } } },
  ];
  const pod = (index: number): StoredObject => ({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: `pod-${index}`, namespace: 'n' },
    spec: { nodeName: `node-${index % 500}`, containers },
    status: { phase: 'Running' },
  });
  const reader = new CapacityReader({ store: objects.store, config });
  for (let i = 0; i < 20_000; i++) {
    objects.put('pods', pod(i));
  }
  await reader.read({});
  const start = process.hrtime.bigint();
  for (let i = 0; i < 20_000; i++) {
    objects.put('pods', pod(i));
  }
  const milliseconds = Number(process.hrtime.bigint() - start) / 1e6;

  // 500 events/s for 40 s; a recomputation for each would be minutes.
  expect(milliseconds).toBeLessThan(2_000);
});
