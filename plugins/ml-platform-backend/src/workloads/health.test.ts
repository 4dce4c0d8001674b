import {
  syncHistorySchema,
  teamsSchema,
  teamWorkloadsSchema,
  workloadSummarySchema,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import {
  FakeKubernetes,
  fakeObjects,
  type FakeObject,
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

const deployment = (
  workload: string,
  namespace: string,
  status: Record<string, unknown> = {
    updatedReplicas: 1,
    availableReplicas: 1,
  },
): FakeObject =>
  fakeObjects.ofWorkload(workload, {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: { name: workload, namespace },
    spec: { replicas: 1, template },
    status,
  });
const event = (about: FakeObject, reason: string, message: string) =>
  object('v1', 'Event', `${about.metadata.name}-${reason}`, {
    type: 'Warning',
    involvedObject: {
      kind: about.kind,
      name: about.metadata.name,
      uid: about.metadata.uid,
      fieldPath: 'spec.containers{server}',
    },
    reason,
    message,
    lastTimestamp: '2026-11-20T10:00:00Z',
  });
const queued = (
  name: string,
  options: {
    namespace?: string;
    priority?: number;
    createdAt: string;
    owner?: FakeObject;
    reserved?: boolean;
  },
): FakeObject => {
  const { namespace = NAMESPACE, priority, createdAt, owner } = options;
  return {
    apiVersion: 'kueue.x-k8s.io/v1beta2',
    kind: 'Workload',
    metadata: {
      name,
      namespace,
      uid: `Workload/${namespace}/${name}`,
      creationTimestamp: createdAt,
      ownerReferences: owner && [
        {
          apiVersion: 'batch/v1',
          kind: owner.kind,
          name: owner.metadata.name,
          uid: owner.metadata.uid,
        },
      ],
    },
    spec: { queueName: 'gpus', priority },
    status: {
      conditions: [
        {
          type: 'QuotaReserved',
          status: options.reserved ? 'True' : 'False',
          reason: 'WaitingForQuota',
          message:
            "couldn't assign flavors to pod set main: insufficient unused quota for nvidia.com/gpu in flavor gpu, 2 more needed",
        },
      ],
    },
  };
};
const localQueue = (namespace: string): FakeObject => ({
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  kind: 'LocalQueue',
  metadata: { name: 'gpus', namespace },
  spec: { clusterQueue: 'all-gpus' },
});

describe('health of workloads', () => {
  let kubernetes: FakeKubernetes;
  let platform: Awaited<ReturnType<typeof startMlPlatform>>;

  const get = async (path: string, person = 'ml-engineer') => {
    const { status, body } = await platform.get(person, path);
    expect({ path, status, body }).toMatchObject({ status: 200 });
    return body;
  };
  const read = async (workload = 'scorer'): Promise<WorkloadSummary> =>
    workloadSummarySchema.parse(
      await get(`/teams/app-ml-team/workloads/${workload}`),
    );
  const healthInDev = async () => (await read()).environments[0].health;

  beforeAll(async () => {
    kubernetes = await FakeKubernetes.start();
    platform = await startMlPlatform({
      kubernetes,
      repository: {
        revision: async commit => {
          if (commit !== 'b'.repeat(40)) {
            throw new Error('The clone has no such commit');
          }
          return {
            author: 'Mia <mia@example.com>',
            date: '2026-11-20T09:00:00Z',
            message: 'Scale the scorer\n\nIt was slow.',
          };
        },
      },
    });
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

  it('is healthy when its pods are ready, and changes as they do', async () => {
    const serving = pod('scorer-a', ready);
    kubernetes.objects.push(deployment('scorer', NAMESPACE), serving);

    expect(await healthInDev()).toEqual({ state: 'healthy', reasons: [] });

    serving.status = { phase: 'Running' };
    kubernetes.objects.push(
      event(
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
          text: 'Container server fails its readiness probe, so it gets no requests: it answers with HTTP status 503. Look at its logs.',
          object: { kind: 'Pod', name: 'scorer-a' },
        },
      ],
    });
  });

  it('names the volume claim that has no volume', async () => {
    const waitingPod = pod('scorer-a', {
      phase: 'Pending',
      conditions: [
        {
          type: 'PodScheduled',
          status: 'False',
          reason: 'Unschedulable',
          message:
            '0/3 nodes are available: pod has unbound immediate PersistentVolumeClaims.',
        },
      ],
    });
    waitingPod.spec = {
      ...template.spec,
      volumes: [{ name: 'data', persistentVolumeClaim: { claimName: 'data' } }],
    };
    const claim = object('v1', 'PersistentVolumeClaim', 'data', {
      spec: {
        storageClassName: 'fast',
        resources: { requests: { storage: '20Gi' } },
      },
      status: { phase: 'Pending' },
    });
    claim.metadata.uid = 'claim';
    kubernetes.objects.push(
      waitingPod,
      claim,
      event(
        claim,
        'ProvisioningFailed',
        'storageclass.storage.k8s.io "fast" not found',
      ),
    );

    expect((await healthInDev()).reasons).toEqual([
      {
        code: 'volume',
        text: 'The volume claim data (20 GiB, storage class fast) has no volume: storageclass.storage.k8s.io "fast" not found. Check the storage class and the size.',
        object: { kind: 'PersistentVolumeClaim', name: 'data' },
      },
    ]);
  });

  it('counts pods that have the same reason', async () => {
    const crash = waiting('CrashLoopBackOff', 'back-off', {
      terminated: { exitCode: 1, reason: 'Error' },
    });
    kubernetes.objects.push(pod('a', crash), pod('b', crash));

    expect(await healthInDev()).toMatchObject({
      state: 'degraded',
      reasons: [{ code: 'crash-loop', count: 2 }],
    });
  });

  it('tells the place in the queue, over all namespaces that share it', async () => {
    const suspended = job('train', { spec: { suspend: true, template } });
    const running = job('train-2', { spec: { template } });
    kubernetes.objects.push(
      suspended,
      running,
      localQueue(NAMESPACE),
      localQueue('app-data-team-dev'),
      queued('job-train', {
        createdAt: '2026-11-20T10:00:00Z',
        owner: suspended,
      }),
      queued('job-train-2', {
        createdAt: '2026-11-20T10:05:00Z',
        owner: running,
      }),
      queued('other-earlier', {
        namespace: 'app-data-team-dev',
        createdAt: '2026-11-20T09:00:00Z',
      }),
      queued('other-later', {
        namespace: 'app-data-team-dev',
        createdAt: '2026-11-20T11:00:00Z',
      }),
      queued('other-admitted', {
        namespace: 'app-data-team-dev',
        createdAt: '2026-11-20T08:00:00Z',
        reserved: true,
      }),
    );
    const places = async () =>
      Object.fromEntries(
        (await read()).jobs.map(({ name, state, reason }) => [
          name,
          [state, reason],
        ]),
      );

    expect(await places()).toEqual({
      train: [
        'Pending',
        'Number 2 of 4 in the queue all-gpus. Waits for 2 more free GPUs (gpu).',
      ],
      'train-2': [
        'Pending',
        'Number 3 of 4 in the queue all-gpus. Waits for 2 more free GPUs (gpu).',
      ],
    });
    expect(await healthInDev()).toMatchObject({
      state: 'waiting',
      reasons: [{ code: 'queue' }, { code: 'queue' }],
    });

    // Somebody else's run of higher priority goes first.
    kubernetes.objects.push(
      queued('other-urgent', {
        namespace: 'app-data-team-dev',
        priority: 100,
        createdAt: '2026-11-20T12:00:00Z',
      }),
    );
    expect((await places()).train[1]).toMatch(/^Number 3 of 5/);
  });

  it('tells where a canary stands', async () => {
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
        text: 'The rollout is paused for the pause that its plan has here; 1 of 3 steps are done, and the new version gets 20 % of the requests.',
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

  it('forgives an old failed run when a later one went well', async () => {
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

  describe('GET /teams/:team/workloads/:workload/deployments', () => {
    const history = (environment: string, revisions: string[]) =>
      fakeObjects.application('app-ml-team', 'scorer', environment, {
        history: revisions.map((revision, id) => ({
          id,
          revision: revision.repeat(40),
          deployStartedAt: `2026-11-2${id}T09:59:00Z`,
          deployedAt: `2026-11-2${id}T10:00:00Z`,
        })),
      });

    it('lists what was deployed, newest first, with who wrote it', async () => {
      kubernetes.objects.push(
        history('dev', ['a', 'b']),
        history('prod', ['a']),
      );
      const path = '/teams/app-ml-team/workloads/scorer/deployments';
      const { items, total } = syncHistorySchema.parse(await get(path));

      expect(total).toBe(3);
      expect(
        items.map(({ environment, id, current }) => [environment, id, current]),
      ).toEqual([
        ['dev', 1, true],
        ['dev', 0, false],
        ['prod', 0, true],
      ]);
      expect(items[0]).toEqual({
        environment: 'dev',
        id: 1,
        revision: 'b'.repeat(40),
        deployedAt: '2026-11-21T10:00:00Z',
        startedAt: '2026-11-21T09:59:00Z',
        current: true,
        author: 'Mia <mia@example.com>',
        subject: 'Scale the scorer',
      });
      expect(items[1].author).toBeUndefined();

      const page = syncHistorySchema.parse(
        await get(`${path}?environment=dev&offset=1&limit=1`),
      );
      expect(page).toMatchObject({ total: 2, items: [{ id: 0 }] });
    });

    it('shows nothing of another team', async () => {
      const { status } = await platform.get(
        'data-engineer',
        '/teams/app-ml-team/workloads/scorer/deployments',
      );
      expect(status).toBe(404);
    });
  });

  describe('lists of workloads and teams', () => {
    beforeEach(() => {
      kubernetes.objects.push(
        deployment('scorer', NAMESPACE),
        deployment('scorer', 'app-ml-team', {}),
        deployment('ranker', NAMESPACE),
        deployment('data-api', 'app-data-team-dev'),
        pod('crashing', waiting('CrashLoopBackOff')),
        fakeObjects.application('app-ml-team', 'ranker', 'dev', {
          sync: { status: 'Synced' },
          history: [{ id: 0, deployedAt: '2026-11-20T10:00:00Z' }],
        }),
        fakeObjects.application('app-ml-team', 'new', 'dev', {
          health: { status: 'Missing' },
        }),
      );
    });
    const list = async (query: string) =>
      teamWorkloadsSchema.parse(
        await get(`/teams/app-ml-team/workloads${query}`),
      );
    const names = async (query: string) =>
      (await list(query)).items.map(({ workload }) => workload);

    it('counts, filters, sorts and pages workloads', async () => {
      const { items, total, counts } = await list('');

      expect(items.map(({ workload, state }) => [workload, state])).toEqual([
        ['new', 'missing'],
        ['ranker', 'healthy'],
        ['scorer', 'degraded'],
      ]);
      expect(total).toBe(3);
      expect(counts).toMatchObject({ missing: 1, healthy: 1, degraded: 1 });
      expect(await names('?sort=state')).toEqual(['scorer', 'ranker', 'new']);
      expect(await names('?sort=deployedAt&order=desc')).toEqual([
        'ranker',
        'new',
        'scorer',
      ]);
      expect(await names('?search=RANK')).toEqual(['ranker']);
      expect(await names('?limit=1&offset=1')).toEqual(['ranker']);
      expect(await list('?state=degraded')).toMatchObject({
        total: 1,
        counts: { healthy: 1, degraded: 1 },
      });
      expect(
        (await list('?environment=prod')).items.map(({ state }) => state),
      ).toEqual(['missing', 'missing', 'progressing']);
    });

    it('shows people their own teams, and counts no others', async () => {
      const teams = async (person: string, query = '') =>
        teamsSchema.parse(await get(`/teams${query}`, person));

      expect(await teams('ml-engineer')).toMatchObject({
        total: 1,
        items: [{ team: 'app-ml-team', workloads: 3, counts: { degraded: 1 } }],
      });
      expect(
        (await teams('platform-engineer', '?sort=state')).items.map(
          ({ team }) => team,
        ),
      ).toEqual(['app-ml-team', 'app-data-team']);
      expect(await teams('platform-engineer', '?limit=1')).toMatchObject({
        total: 2,
        items: [{ team: 'app-data-team' }],
      });
      expect(await teams('security-engineer')).toMatchObject({
        total: 0,
        items: [],
      });
      const foreign = await platform.get(
        'data-engineer',
        '/teams/app-ml-team/workloads',
      );
      expect(foreign.status).toBe(404);
    });
  });
});
