import type {
  ClusterStore,
  ObjectChange,
  ObjectType,
} from '@internal/plugin-ml-platform-node';
import { IncrementalView } from './IncrementalView';

/** A store with one cluster that announces changes, without any objects. */
function fakeStore(listedTypes: Set<ObjectType>) {
  const listeners: Array<(change: ObjectChange) => void> = [];
  return {
    clusters: () => ['one'],
    subscribe: (listener: (change: ObjectChange) => void) =>
      listeners.push(listener),
    freshness: (_: string, type: ObjectType) =>
      listedTypes.has(type) ? { asOf: '2026-11-25T12:00:00Z' } : {},
    change: (type: ObjectType) =>
      listeners.forEach(listener => listener({ cluster: 'one', type })),
  };
}

describe('IncrementalView', () => {
  const listedTypes = new Set<ObjectType>(['pods', 'jobs']);
  let computed: string[];
  let store: ReturnType<typeof fakeStore>;
  let view: IncrementalView<number>;

  beforeEach(() => {
    computed = [];
    store = fakeStore(listedTypes);
    view = new IncrementalView({
      store: store as unknown as ClusterStore,
      types: ['pods', 'jobs'],
      affectedKeys: ({ type }) => (type === 'pods' ? ['a'] : []),
      compute: async key => computed.push(key),
    });
  });

  it('computes a value once, and again after a change that affects its key', async () => {
    await Promise.all([view.get('a'), view.get('a'), view.get('b')]);
    expect(computed).toEqual(['a', 'b']);

    store.change('pods');
    await Promise.all([view.get('a'), view.get('b')]);
    expect(computed).toEqual(['a', 'b', 'a']);
  });

  it('caches no value before the initial lists of all types are complete', async () => {
    listedTypes.delete('jobs');
    await view.get('a');
    await view.get('a');
    expect(computed).toEqual(['a', 'a']);

    listedTypes.add('jobs');
    await view.get('a');
    await view.get('a');
    expect(computed).toEqual(['a', 'a', 'a']);
  });

  it('does not cache a failed computation', async () => {
    let failures = 1;
    const failing = new IncrementalView({
      store: store as unknown as ClusterStore,
      types: [],
      affectedKeys: () => [],
      compute: async () => {
        failures -= 1;
        if (failures === 0) {
          throw new Error('not now');
        }
        return 'done';
      },
    });
    await expect(failing.get('a')).rejects.toThrow('not now');
    await expect(failing.get('a')).resolves.toBe('done');
  });
});
