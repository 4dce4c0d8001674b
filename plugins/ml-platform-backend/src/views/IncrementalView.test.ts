import type {
  ClusterStore,
  ObjectChange,
  ObjectType,
} from '@internal/plugin-ml-platform-node';
import { IncrementalView } from './IncrementalView';

/** A store of which only the age is asked. */
function storeThatHasRead(read: Set<ObjectType>) {
  const listeners: Array<(change: ObjectChange) => void> = [];
  return {
    clusters: () => ['one'],
    subscribe: (listener: (change: ObjectChange) => void) =>
      listeners.push(listener),
    freshness: (_: string, type: ObjectType) =>
      read.has(type) ? { asOf: '2026-11-25T12:00:00Z' } : {},
    change: (type: ObjectType) =>
      listeners.forEach(listener => listener({ cluster: 'one', type })),
  };
}

describe('IncrementalView', () => {
  const read = new Set<ObjectType>(['pods', 'jobs']);
  let made: string[];
  let store: ReturnType<typeof storeThatHasRead>;
  let view: IncrementalView<number>;

  beforeEach(() => {
    made = [];
    store = storeThatHasRead(read);
    view = IncrementalView.create({
      store: store as unknown as ClusterStore,
      types: ['pods', 'jobs'],
      keysOf: ({ type }) => (type === 'pods' ? ['a'] : []),
      make: async key => made.push(key),
    });
  });

  it('makes a value once, and again after a change of its key', async () => {
    await Promise.all([view.get('a'), view.get('a'), view.get('b')]);
    expect(made).toEqual(['a', 'b']);

    store.change('pods');
    await Promise.all([view.get('a'), view.get('b')]);
    expect(made).toEqual(['a', 'b', 'a']);
  });

  it('keeps nothing that was made before all types had been read: no change would tell that they were', async () => {
    read.delete('jobs');
    await view.get('a');
    await view.get('a');
    expect(made).toEqual(['a', 'a']);

    read.add('jobs');
    await view.get('a');
    await view.get('a');
    expect(made).toEqual(['a', 'a', 'a']);
  });

  it('forgets what could not be made', async () => {
    let failures = 1;
    const failing = IncrementalView.create({
      store: store as unknown as ClusterStore,
      types: [],
      keysOf: () => [],
      make: async () => {
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
