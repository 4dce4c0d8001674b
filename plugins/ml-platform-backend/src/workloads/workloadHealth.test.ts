import {
  workloadSummarySchema,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
} from '@internal/plugin-ml-platform-node/testing';
import {
  job,
  NAMESPACE,
  object,
  pod,
  ready,
  template,
  waiting,
} from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import {
  deployment,
  kueueWorkload,
  localQueue,
  warningEvent,
} from './__testUtils__/workloadObjects';

describe('health of workloads', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  const read = async (): Promise<WorkloadSummary> => {
    const { status, body } = await platform.get(
      'ml-engineer',
      '/teams/app-ml-team/workloads/scorer',
    );
    expect(status).toBe(200);
    return workloadSummarySchema.parse(body);
  };
  const healthInDev = async () => (await read()).environments[0].health;

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({ kubernetes });
  });
  beforeEach(() => {
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-ml-team', 'prod', 'app-ml-team'),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
  });
  afterAll(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('is healthy while its pods are ready', async () => {
    const serving = pod('scorer-a', ready);
    kubernetes.objects.push(deployment('scorer', NAMESPACE), serving);

    expect(await healthInDev()).toEqual({ state: 'healthy', reasons: [] });

    serving.status = { phase: 'Running' };
    kubernetes.objects.push(
      warningEvent(
        serving,
        'Unhealthy',
        'Readiness probe failed: HTTP probe failed with statuscode: 503',
      ),
    );
    expect(await healthInDev()).toEqual({
      state: 'degraded',
      reasons: [
        {
          code: 'probe-failing',
          text: 'Container server fails its readiness probe, so it receives no traffic: it responds with HTTP status 503. Check its logs.',
          object: { kind: 'Pod', name: 'scorer-a' },
          since: '2026-11-20T10:00:00Z',
        },
      ],
    });
  });

  it('counts pods with the same reason', async () => {
    const crash = waiting('CrashLoopBackOff', 'back-off', {
      terminated: { exitCode: 1, reason: 'Error' },
    });
    kubernetes.objects.push(pod('a', crash), pod('b', crash));

    expect(await healthInDev()).toMatchObject({
      state: 'degraded',
      reasons: [{ code: 'crash-loop', count: 2 }],
    });
  });

  it('shows the position in the queue, over all namespaces that share it', async () => {
    const suspended = job('train', { spec: { suspend: true, template } });
    const running = job('train-2', { spec: { template } });
    kubernetes.objects.push(
      suspended,
      running,
      localQueue(NAMESPACE),
      localQueue('app-data-team-dev'),
      kueueWorkload('job-train', {
        createdAt: '2026-11-20T10:00:00Z',
        owner: suspended,
      }),
      kueueWorkload('job-train-2', {
        createdAt: '2026-11-20T10:05:00Z',
        owner: running,
      }),
      kueueWorkload('other-earlier', {
        namespace: 'app-data-team-dev',
        createdAt: '2026-11-20T09:00:00Z',
      }),
      kueueWorkload('other-later', {
        namespace: 'app-data-team-dev',
        createdAt: '2026-11-20T11:00:00Z',
      }),
      kueueWorkload('other-admitted', {
        namespace: 'app-data-team-dev',
        createdAt: '2026-11-20T08:00:00Z',
        reserved: true,
      }),
    );
    const queueReasons = async () =>
      Object.fromEntries(
        (await read()).jobs.map(({ name, state, reason }) => [
          name,
          [state, reason],
        ]),
      );

    expect(await queueReasons()).toEqual({
      train: [
        'Pending',
        'Position 2 of 4 in the queue all-gpus. Waiting for 2 more free GPUs (gpu).',
      ],
      'train-2': [
        'Pending',
        'Position 3 of 4 in the queue all-gpus. Waiting for 2 more free GPUs (gpu).',
      ],
    });
    expect(await healthInDev()).toMatchObject({
      state: 'waiting',
      reasons: [{ code: 'queue' }, { code: 'queue' }],
    });

    // A run of another team with higher priority goes first.
    kubernetes.objects.push(
      kueueWorkload('other-urgent', {
        namespace: 'app-data-team-dev',
        priority: 100,
        createdAt: '2026-11-20T12:00:00Z',
      }),
    );
    expect((await queueReasons()).train[1]).toMatch(/^Position 3 of 5/);
  });

  it('shows the progress of a canary', async () => {
    kubernetes.objects.push(
      fakeObjects.ofWorkload(
        'scorer',
        object('argoproj.io/v1alpha1', 'Rollout', 'scorer', {
          spec: {
            replicas: 4,
            template,
            strategy: {
              canary: {
                steps: [{ setWeight: 20 }, { pause: {} }, { setWeight: 60 }],
              },
            },
          },
          status: {
            phase: 'Paused',
            currentPodHash: 'new',
            stableRS: 'old',
            currentStepIndex: 1,
            updatedReplicas: 1,
            availableReplicas: 4,
            pauseConditions: [
              { reason: 'CanaryPauseStep', startTime: '2026-11-20T10:00:00Z' },
            ],
          },
        }),
      ),
      ...['a', 'b', 'c', 'd'].map(name => pod(name, ready)),
    );
    const [{ health, rollouts }] = (await read()).environments;

    expect(rollouts).toEqual([
      {
        kind: 'Rollout',
        name: 'scorer',
        state: 'paused',
        text: 'The rollout is paused at a canary pause step; step 1 of 3 is complete, and the new version receives 20% of the traffic.',
        desired: 4,
        updated: 1,
        available: 4,
        revision: 'new',
        pausedAt: '2026-11-20T10:00:00Z',
        canary: { step: 1, steps: 3, weight: 20 },
      },
    ]);
    expect(health.state).toBe('suspended');
  });

  it('ignores a failed run once a later one succeeded', async () => {
    const ended = (type: string) => ({
      conditions: [{ type, status: 'True', reason: 'BackoffLimitExceeded' }],
    });
    const old = job('run-1', { spec: { template }, status: ended('Failed') });
    const later = job('run-2', {
      spec: { template },
      status: ended('Complete'),
    });
    old.metadata.creationTimestamp = '2026-11-19T10:00:00Z';
    kubernetes.objects.push(old, later);
    expect((await healthInDev()).state).toBe('healthy');

    later.status = ended('Failed');
    expect(await healthInDev()).toMatchObject({
      state: 'degraded',
      reasons: [{ code: 'job-failed', object: { kind: 'Job', name: 'run-2' } }],
    });
  });
});
