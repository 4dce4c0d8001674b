import type {
  ClusterStore,
  ObjectChange,
} from '@internal/plugin-ml-platform-node';
import { fakeObjects } from '@internal/plugin-ml-platform-node/testing';
import { pod, ready } from '../__testUtils__/scorer';
import { announceChanges } from './announceChanges';
import { LiveTopics } from './LiveTopics';

describe('announceChanges', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('announces an Application at once, and other objects after collecting their changes', async () => {
    let onChange = (_: ObjectChange) => {};
    const topics = new LiveTopics();
    announceChanges(
      {
        subscribe: (listener: typeof onChange) => {
          onChange = listener;
          return () => {};
        },
        owner: async () => ({ team: 'app-ml-team' }),
      } as unknown as ClusterStore,
      topics,
    );
    const announced: string[] = [];
    topics.subscribe(['team:app-ml-team'], topic => announced.push(topic));
    const change = (type: ObjectChange['type'], object: unknown) =>
      onChange({ cluster: 'sandbox', type, object } as ObjectChange);

    change('pods', pod('a', ready));
    change('pods', pod('b', ready));
    await jest.advanceTimersByTimeAsync(99);
    expect(announced).toHaveLength(0);
    await jest.advanceTimersByTimeAsync(1);
    expect(announced).toHaveLength(1);

    change(
      'applications',
      fakeObjects.application('app-ml-team', 'scorer', 'dev', {}),
    );
    expect(announced).toHaveLength(2);
  });
});
