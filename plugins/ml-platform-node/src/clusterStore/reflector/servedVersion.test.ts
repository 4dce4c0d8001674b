import { createTestStore, FakeKubernetes } from '../../testing';
import type { KubernetesClusterStore } from '../KubernetesClusterStore';

const OLD = 'kueue.x-k8s.io/v1beta1';
const NEW = 'kueue.x-k8s.io/v1beta2';
const workload = (name: string) => ({
  apiVersion: OLD,
  kind: 'Workload',
  metadata: { name, namespace: 'team' },
  spec: { queueName: 'team' },
});

describe('a type with several versions', () => {
  let kubernetes: FakeKubernetes;
  let store: KubernetesClusterStore;
  const list = async () => {
    await kubernetes.settled(store);
    const { items, problem } = await store.list('one', 'kueueworkloads');
    return { names: items.map(({ metadata }) => metadata.name), problem };
  };
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [workload('first')];
  });
  afterEach(async () => {
    await store.stop();
    await kubernetes.stop();
  });

  it('is read and watched in the version that the cluster serves', async () => {
    kubernetes.missingGroups = [NEW];
    store = createTestStore({ one: kubernetes });
    const before = await list();
    kubernetes.objects.push(workload('second'));
    const after = await list();

    expect(before).toEqual({ names: ['first'] });
    expect(after).toEqual({ names: ['first', 'second'] });
    expect(
      kubernetes.requests.filter(path => path.startsWith(`/apis/${OLD}/work`)),
    ).toHaveLength(2);
  });

  it('changes to another version without a gap', async () => {
    store = createTestStore({ one: kubernetes });
    await list();
    const sizes: number[] = [];
    store.subscribe(({ object }) => sizes.push(object ? 1 : 0));
    kubernetes.missingGroups = [NEW];
    kubernetes.objects.push(workload('second'));

    expect(await list()).toEqual({ names: ['first', 'second'] });
    expect(sizes).not.toContain(0);
  });

  it('is a feature that is off where the cluster serves none of them', async () => {
    kubernetes.missingGroups = ['kueue.x-k8s.io'];
    store = createTestStore({ one: kubernetes });

    expect(await list()).toEqual({ names: [] });
  });
});
