import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import { readCase } from '../__testUtils__/readCase';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

const UNREAD =
  "Waiting in the queue app-ml-team. Its position is unknown, because Kueue's state of it cannot be read. Contact the platform team if this persists.";

describe('a suspended Job with the label of a queue', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;
  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', 'app-ml-team-dev'),
      ...readCase('39-kueue-v1beta1-only'),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });
  const jobs = async () => {
    const { status, body } = await platform.get(
      'ml-engineer',
      '/teams/app-ml-team/workloads/case-39',
    );
    expect(status).toBe(200);
    return body.jobs;
  };
  const addWorkload = () =>
    kubernetes.objects.push({
      apiVersion: 'kueue.x-k8s.io/v1beta1',
      kind: 'Workload',
      metadata: {
        name: 'job-case-39',
        namespace: 'app-ml-team-dev',
        uid: 'workload-39',
        ownerReferences: [
          {
            apiVersion: 'batch/v1',
            kind: 'Job',
            name: 'case-39',
            uid: 'uid-case-39',
          },
        ],
      },
      spec: { queueName: 'app-ml-team' },
    });

  it.each([[[]], [['kueue.x-k8s.io']]])(
    'waits in the queue without %j',
    async missing => {
      kubernetes.missingGroups = missing;

      expect(await jobs()).toMatchObject([
        { state: 'Pending', reason: UNREAD },
      ]);
    },
  );

  it('has a position where the cluster serves v1beta1 only', async () => {
    kubernetes.missingGroups = ['kueue.x-k8s.io/v1beta2'];
    addWorkload();

    expect(await jobs()).toMatchObject([
      {
        state: 'Pending',
        reason:
          'Position 1 of 1 in the queue app-ml-team. Waiting for its turn.',
      },
    ]);
  });

  it('is only suspended without the label', async () => {
    delete (kubernetes.objects[1].metadata.labels as Record<string, string>)[
      'kueue.x-k8s.io/queue-name'
    ];

    expect(await jobs()).toMatchObject([{ state: 'Suspended' }]);
  });

  it('is told from the label of a gated pod, too', async () => {
    kubernetes.objects.splice(
      1,
      1,
      fakeObjects.ofWorkload('served', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: {
          name: 'served-1',
          namespace: 'app-ml-team-dev',
          labels: {
            'backstage.io/kubernetes-id': 'served',
            'kueue.x-k8s.io/queue-name': 'app-ml-team',
          },
        },
        spec: {
          containers: [{ name: 'server', image: 'ghcr.io/acme/served:1' }],
          schedulingGates: [{ name: 'kueue.x-k8s.io/admission' }],
        },
        status: {
          phase: 'Pending',
          conditions: [
            {
              type: 'PodScheduled',
              status: 'False',
              reason: 'SchedulingGated',
            },
          ],
        },
      }),
    );

    const { body } = await platform.get(
      'ml-engineer',
      '/teams/app-ml-team/workloads/served',
    );

    expect(body.environments[0].health).toMatchObject({
      state: 'waiting',
      reasons: [{ code: 'queue', text: UNREAD }],
    });
  });
});
