import {
  createTestStore,
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
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
    const [own, others] = await readBoth();
    expect(await readBoth()).toEqual([own, others]);
    expect(workloads.computeCount).toBe(2);

    kubernetes.objects.push(pod('c', ready));
    const [ownAfter, othersAfter] = await readBoth();

    expect(own.get('scorer')?.service.ready).toBe(1);
    expect(ownAfter.get('scorer')?.service.ready).toBe(2);
    expect(othersAfter).toBe(others);
    expect(workloads.computeCount).toBe(3);
  });

  it('is not affected by 500 events in another namespace', async () => {
    const [own, others] = await readBoth();
    for (let index = 0; index < 500; index += 1) {
      const event = object('v1', 'Event', `event-${index}`, {
        type: 'Warning',
        involvedObject: { kind: 'Pod', name: 'b' },
        reason: 'BackOff',
      });
      event.metadata.namespace = OTHER_NAMESPACE;
      kubernetes.objects.push(event);
    }
    const [ownAfter, othersAfter] = await readBoth();

    expect(ownAfter).toBe(own);
    expect(othersAfter).not.toBe(others);
    expect(workloads.computeCount).toBe(3);
  });

  it('recomputes at the time from which a reason applies, and after the node of a pod was lost', async () => {
    const created = new Date().toISOString();
    const unseen = pod('new', { phase: 'Pending' });
    unseen.metadata.creationTimestamp = created;
    const unready = pod('lost', { phase: 'Running' });
    unready.spec = { nodeName: 'worker-1', containers: [] };
    const node: FakeObject = {
      apiVersion: 'v1',
      kind: 'Node',
      metadata: { name: 'worker-1' },
      status: { conditions: [{ type: 'Ready', status: 'True' }] },
    };
    kubernetes.objects.push(unseen, unready, node);
    const reasons = async () =>
      (await readBoth())[0]
        .get('scorer')
        ?.service.podReasons.map(({ text }) => text);

    expect(await reasons()).toEqual([
      'Waiting for the scheduler.',
      'Running but not ready yet.',
    ]);

    jest.spyOn(Date, 'now').mockReturnValue(Date.parse(created) + 3_600_000);
    node.status = { conditions: [{ type: 'Ready', status: 'Unknown' }] };
    const later = await reasons();
    jest.restoreAllMocks();

    expect(later).toEqual([
      'The scheduler of the cluster has not looked at the pod yet. Contact the platform team if this persists.',
      'Its node is unreachable. Kubernetes replaces the pod if the node does not come back within minutes.',
    ]);
  });
});
