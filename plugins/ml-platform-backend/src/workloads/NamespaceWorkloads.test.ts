import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, object, pod, ready } from '../__testUtils__/scorer';
import { NamespaceWorkloads } from './NamespaceWorkloads';

const OTHER = 'app-data-team-dev';

describe('NamespaceWorkloads', () => {
  let kubernetes: FakeKubernetes;
  let store: ReturnType<typeof createTestStore>;
  let workloads: NamespaceWorkloads;

  const both = async () => {
    await kubernetes.settled(store);
    return Promise.all([
      workloads.get('sandbox', NAMESPACE),
      workloads.get('sandbox', OTHER),
    ]);
  };

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    const other = pod('b', ready);
    other.metadata.namespace = OTHER;
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-data-team', 'dev', OTHER),
      pod('a', ready),
      other,
    ];
    store = createTestStore({ sandbox: kubernetes });
    workloads = NamespaceWorkloads.create({ store });
  });
  afterEach(async () => {
    await store.stop();
    await kubernetes.stop();
  });

  it('makes again what changed, and nothing else', async () => {
    const [mine, others] = await both();
    expect(await both()).toEqual([mine, others]);
    expect(workloads.made).toBe(2);

    kubernetes.objects.push(pod('c', ready));
    const [mineAfter, othersAfter] = await both();

    expect(mine.get('scorer')?.service.ready).toBe(1);
    expect(mineAfter.get('scorer')?.service.ready).toBe(2);
    expect(othersAfter).toBe(others);
    expect(workloads.made).toBe(3);
  });

  it('does not mind 500 events elsewhere', async () => {
    const [mine, others] = await both();
    for (let index = 0; index < 500; index += 1) {
      const event = object('v1', 'Event', `event-${index}`, {
        type: 'Warning',
        involvedObject: { kind: 'Pod', name: 'b' },
        reason: 'BackOff',
      });
      event.metadata.namespace = OTHER;
      kubernetes.objects.push(event);
    }
    const [mineAfter, othersAfter] = await both();

    expect(mineAfter).toBe(mine);
    expect(othersAfter).not.toBe(others);
    expect(workloads.made).toBe(3);
  });
});
