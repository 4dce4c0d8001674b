import { jobManifest } from '../__testUtils__/manifests';
import { TestCluster } from '../__testUtils__/TestCluster';
import { items, text } from '../kubernetes/KubernetesObject';

describe('the scheduler', () => {
  let cluster: TestCluster;
  beforeEach(async () => {
    cluster = await TestCluster.create();
  });
  afterEach(() => cluster.remove());

  it('leaves a pod pending that requests more GPUs than any node has, with the message of kube-scheduler', () => {
    cluster.apply(jobManifest({ limits: 'nvidia.com/gpu: 8' }));
    cluster.advance(5);
    const message =
      '0/3 nodes are available: 3 Insufficient nvidia.com/gpu. no new claims to deallocate, preemption: 0/3 nodes are available: 3 Preemption is not helpful for scheduling.';
    expect(cluster.list('pods')[0].status).toMatchObject({
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message,
        },
      ],
    });
    expect(cluster.events()).toContain(`FailedScheduling: ${message}`);
  });

  it('schedules a waiting GPU pod when another one finishes', () => {
    cluster.apply(
      jobManifest({ name: 'one', limits: 'nvidia.com/gpu: 3', seconds: 30 }),
    );
    cluster.apply(
      jobManifest({ name: 'two', limits: 'nvidia.com/gpu: 2', seconds: 30 }),
    );
    cluster.advance(5);
    const message = text(
      items(cluster.list('pods')[1], 'status.conditions')[0],
      'message',
    );
    expect(message).toMatch(
      /1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling\.$/,
    );
    cluster.advance(60);
    expect(cluster.conditions('jobs', 'two')).toContain(
      'Complete=True CompletionsReached',
    );
  });

  it('runs DaemonSet pods on nodes whose taints they tolerate, until the DaemonSet is deleted', () => {
    const set = {
      apiVersion: 'apps/v1',
      kind: 'DaemonSet',
      metadata: { name: 'agent' },
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        template: {
          metadata: { labels: { app: 'agent' } },
          spec: {
            containers: [{ name: 'agent', image: 'example.com/agent:1' }],
          },
        },
      },
    };
    cluster.apply(JSON.stringify(set));
    cluster.advance(3);
    expect(
      cluster
        .list('pods')
        .map(pod => pod.spec?.nodeName)
        .sort(),
    ).toEqual(['sandbox-worker-1', 'sandbox-worker-2']);
    expect(cluster.get('daemonsets', 'agent')?.status).toMatchObject({
      desiredNumberScheduled: 2,
      numberReady: 2,
    });
    cluster.store.delete(cluster.get('daemonsets', 'agent')!);
    cluster.advance(1);
    expect(cluster.list('pods')).toEqual([]);
  });
});
