import { workloadObjectsSchema } from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import {
  NAMESPACE,
  object,
  pod,
  ready,
  template,
  waiting,
} from '../../__testUtils__/scorer';
import { startMlPlatform } from '../../__testUtils__/startMlPlatform';

const PATH = '/teams/app-ml-team/workloads/scorer/objects';

describe('GET /teams/:team/workloads/:workload/objects', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
    const deployment = fakeObjects.ofWorkload(
      'scorer',
      object('apps/v1', 'Deployment', 'scorer', {
        spec: { replicas: 2, template },
        status: { replicas: 2, updatedReplicas: 2, availableReplicas: 1 },
      }),
    );
    const replicaSet = (name: string, replicas: number) =>
      fakeObjects.ofWorkload(
        'scorer',
        object('apps/v1', 'ReplicaSet', name, { spec: { replicas, template } }),
        deployment,
      );
    const current = replicaSet('scorer-b', 2);
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      deployment,
      current,
      replicaSet('scorer-a', 0),
      pod('scorer-b-1', ready, current),
      pod(
        'scorer-b-2',
        waiting('CrashLoopBackOff', 'back-off', {
          terminated: {
            exitCode: 137,
            reason: 'OOMKilled',
            finishedAt: '2026-11-30T09:00:00Z',
          },
        }),
        current,
      ),
      object('autoscaling/v2', 'HorizontalPodAutoscaler', 'scorer', {
        spec: {
          scaleTargetRef: { kind: 'Deployment', name: 'scorer' },
          minReplicas: 2,
          maxReplicas: 6,
          metrics: [
            {
              type: 'Resource',
              resource: {
                name: 'cpu',
                target: { type: 'Utilization', averageUtilization: 80 },
              },
            },
            { type: 'External', external: { metric: { name: 'queue' } } },
          ],
        },
        status: {
          currentReplicas: 2,
          desiredReplicas: 3,
          currentMetrics: [
            {
              type: 'Resource',
              resource: { name: 'cpu', current: { averageUtilization: 91 } },
            },
          ],
        },
      }),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterAll(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('lists controllers, pods with their last exit, and autoscalers', async () => {
    const { body } = await platform.get(
      'ml-engineer',
      `${PATH}?environment=dev`,
    );
    const found = workloadObjectsSchema.parse(body);

    expect(
      found.owners.map(({ kind, name, desired }) => [kind, name, desired]),
    ).toEqual([
      ['Deployment', 'scorer', 2],
      ['ReplicaSet', 'scorer-b', undefined],
    ]);
    const [deployment, replicaSet] = found.owners;
    expect(replicaSet.owner).toBe(deployment.id);
    expect(found.pods).toMatchObject([
      {
        name: 'scorer-b-2',
        owner: replicaSet.id,
        ready: false,
        reason: { code: 'crash-loop' },
        containers: [
          {
            name: 'server',
            role: 'container',
            state: 'waiting',
            reason: 'CrashLoopBackOff',
            restarts: 4,
            lastExit: {
              exitCode: 137,
              text: 'exit code 137, out of memory',
              isPrevious: true,
            },
            limits: { 'nvidia.com/gpu': '2' },
          },
        ],
      },
      { name: 'scorer-b-1', ready: true },
    ]);
    expect(found.autoscalers).toEqual([
      {
        name: 'scorer',
        target: { kind: 'Deployment', name: 'scorer' },
        min: 2,
        max: 6,
        current: 2,
        desired: 3,
        metrics: [{ resource: 'cpu', target: 80, current: 91 }],
      },
    ]);
  });

  it('is empty where nothing runs, and for workloads of nobody', async () => {
    const { body } = await platform.get(
      'ml-engineer',
      `${PATH}?environment=prod`,
    );
    expect(workloadObjectsSchema.parse(body)).toMatchObject({
      owners: [],
      pods: [],
      podTotal: 0,
    });
    const unknown = await platform.get(
      'ml-engineer',
      `${PATH}?environment=moon`,
    );
    expect(unknown.status).toBe(404);
    const foreign = await platform.get(
      'data-engineer',
      `${PATH}?environment=dev`,
    );
    expect(foreign.status).toBe(404);
  });
});
