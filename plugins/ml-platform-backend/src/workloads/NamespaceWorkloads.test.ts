import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, object, pod, ready } from '../__testUtils__/scorer';
import { NamespaceWorkloads } from './NamespaceWorkloads';

const OTHER_NAMESPACE = 'app-data-team-dev';

describe('NamespaceWorkloads', () => {
  let kubernetes: FakeKubernetes;
  let store: ReturnType<typeof createTestStore>;
  let workloads: NamespaceWorkloads;

  const readBoth = async () => {
    await kubernetes.settled(store);
    return Promise.all([
      workloads.get('sandbox', NAMESPACE),
      workloads.get('sandbox', OTHER_NAMESPACE),
    ]);
  };

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    const other = pod('b', ready);
    other.metadata.namespace = OTHER_NAMESPACE;
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-data-team', 'dev', OTHER_NAMESPACE),
      pod('a', ready),
      other,
    ];
    store = createTestStore({ sandbox: kubernetes });
    workloads = new NamespaceWorkloads({ store });
  });
  afterEach(async () => {
    await store.stop();
    await kubernetes.stop();
  });

  it('recomputes only the namespace that changed', async () => {
    const [mine, others] = await readBoth();
    expect(await readBoth()).toEqual([mine, others]);
    expect(workloads.computeCount).toBe(2);

    kubernetes.objects.push(pod('c', ready));
    const [mineAfter, othersAfter] = await readBoth();

    expect(mine.get('scorer')?.service.ready).toBe(1);
    expect(mineAfter.get('scorer')?.service.ready).toBe(2);
    expect(othersAfter).toBe(others);
    expect(workloads.computeCount).toBe(3);
  });

  it('is not affected by 500 events in another namespace', async () => {
    const [mine, others] = await readBoth();
    for (let index = 0; index < 500; index += 1) {
      const event = object('v1', 'Event', `event-${index}`, {
        type: 'Warning',
        involvedObject: { kind: 'Pod', name: 'b' },
        reason: 'BackOff',
      });
      event.metadata.namespace = OTHER_NAMESPACE;
      kubernetes.objects.push(event);
    }
    const [mineAfter, othersAfter] = await readBoth();

    expect(mineAfter).toBe(mine);
    expect(othersAfter).not.toBe(others);
    expect(workloads.computeCount).toBe(3);
  });
});
