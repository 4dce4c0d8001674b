import { items, text } from '../kubernetes/KubernetesObject';
import { TestCluster } from '../__testUtils__/TestCluster';

const deployment = (options: {
  replicas?: number;
  image?: string;
  labels?: string;
  cpu?: string;
  deadline?: number;
}) => `
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: ${options.replicas ?? 2}
  progressDeadlineSeconds: ${options.deadline ?? 60}
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web${options.labels ?? ''}}}
    spec:
      containers:
        - name: server
          image: ${options.image ?? 'example.com/web:1'}
          resources: {requests: {cpu: ${
            options.cpu ?? '100m'
          }, memory: 1Gi}, limits: {cpu: ${options.cpu ?? '100m'}, memory: 1Gi}}
`;

const job = (options: {
  name?: string;
  labels?: string;
  spec?: string;
  podSpec?: string;
  seconds?: number;
  limits?: string;
}) => `
apiVersion: batch/v1
kind: Job
metadata: {name: ${options.name ?? 'train'}}
spec:
  backoffLimit: 0
  ${options.spec ?? ''}
  template:
    metadata:
      labels: {app: train${options.labels ?? ''}}
      annotations: {simulation.ml-platform.io/run-seconds: '${
        options.seconds ?? 30
      }'}
    spec:
      restartPolicy: Never
      ${options.podSpec ?? ''}
      containers: [{name: train, image: 'example.com/train:1', resources: {limits: {${
        options.limits ?? 'cpu: 1'
      }}}}]
`;

describe('the controllers', () => {
  let cluster: TestCluster;

  beforeEach(async () => {
    cluster = await TestCluster.create();
  });

  afterEach(() => cluster.remove());

  const conditions = (plural: string, name: string) =>
    items(cluster.get(plural, name), 'status.conditions').map(
      ({ type, status, reason }) => `${type}=${status} ${reason}`,
    );
  const reasonsOf = (plural: string) =>
    cluster
      .list(plural)
      .map(object =>
        text(
          items(object, 'status.containerStatuses')[0],
          'state.waiting.reason',
          text(object, 'status.phase'),
        ),
      );

  it('starts the pods of a Deployment after about a second', () => {
    cluster.apply(deployment({}));
    expect(reasonsOf('pods')).toEqual([
      'ContainerCreating',
      'ContainerCreating',
    ]);
    expect(conditions('deployments', 'web')).toContain(
      'Available=False MinimumReplicasUnavailable',
    );

    cluster.pass(2);
    expect(reasonsOf('pods')).toEqual(['Running', 'Running']);
    expect(cluster.get('deployments', 'web')?.status).toMatchObject({
      replicas: 2,
      readyReplicas: 2,
      availableReplicas: 2,
      updatedReplicas: 2,
      observedGeneration: 1,
    });
    expect(conditions('deployments', 'web')).toEqual([
      'Available=True MinimumReplicasAvailable',
      'Progressing=True NewReplicaSetAvailable',
    ]);
    expect(cluster.events()).toEqual(
      expect.arrayContaining([
        expect.stringMatching(
          /^ScalingReplicaSet: Scaled up replica set web-\w{10} from 0 to 2$/,
        ),
        expect.stringMatching(
          /^SuccessfulCreate: Created pod: web-\w{10}-\w{5}$/,
        ),
        expect.stringMatching(
          /^Scheduled: Successfully assigned team\/web-\S+ to sandbox-worker-[12]$/,
        ),
        'Started: Container started',
      ]),
    );
  });

  it('rolls a new image out without ever serving with fewer pods', () => {
    cluster.apply(deployment({ replicas: 4 }));
    cluster.pass(3);
    let fewest = 4;
    cluster.store.subscribe(() => {
      const ready = cluster
        .list('pods')
        .filter(pod =>
          items(pod, 'status.conditions').some(
            ({ type, status }) => type === 'Ready' && status === 'True',
          ),
        );
      fewest = Math.min(fewest, ready.length);
    });
    cluster.apply(deployment({ replicas: 4, image: 'example.com/web:2' }));
    cluster.pass(20);
    expect(
      cluster.list('pods').map(pod => items(pod, 'spec.containers')[0].image),
    ).toEqual(Array(4).fill('example.com/web:2'));
    // maxUnavailable is 25 %.
    expect(fewest).toBe(3);
    expect(cluster.get('deployments', 'web')?.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '2',
    });
    expect(
      cluster
        .list('replicasets')
        .map(({ spec }) => spec?.replicas)
        .sort(),
    ).toEqual([0, 4]);

    cluster.apply(deployment({ replicas: 4 }));
    cluster.pass(20);
    expect(cluster.list('replicasets')).toHaveLength(2);
    expect(cluster.get('deployments', 'web')?.metadata.annotations).toEqual({
      'deployment.kubernetes.io/revision': '3',
    });
  });

  it('lets crashing containers back off, and the Deployment miss its deadline', () => {
    cluster.apply(
      deployment({
        replicas: 1,
        deadline: 30,
        labels: ', simulation.ml-platform.io/outcome: crash',
      }),
    );
    cluster.pass(8);
    expect(reasonsOf('pods')).toEqual(['CrashLoopBackOff']);
    expect(cluster.list('pods')[0].status).toMatchObject({
      phase: 'Running',
      containerStatuses: [
        {
          ready: false,
          restartCount: 1,
          lastState: { terminated: { exitCode: 1, reason: 'Error' } },
        },
      ],
    });
    expect(cluster.events()).toContainEqual(
      expect.stringMatching(
        /^BackOff: Back-off restarting failed container server in pod web-\S+_team\(\S+\)$/,
      ),
    );
    expect(conditions('deployments', 'web')).toContain(
      'Progressing=True ReplicaSetUpdated',
    );

    cluster.pass(30);
    expect(conditions('deployments', 'web')).toContain(
      'Progressing=False ProgressDeadlineExceeded',
    );
    expect(
      items(cluster.list('pods')[0], 'status.containerStatuses')[0]
        .restartCount,
    ).toBe(3);
  });

  it('keeps hanging pods running and never ready', () => {
    cluster.apply(
      deployment({
        replicas: 1,
        labels: ', simulation.ml-platform.io/outcome: hang',
      }),
    );
    cluster.pass(30);
    expect(reasonsOf('pods')).toEqual(['Running']);
    expect(cluster.get('deployments', 'web')?.status).toMatchObject({
      unavailableReplicas: 1,
    });
  });

  it('refuses pods beyond the quota, in the words of the API server', () => {
    cluster.apply(
      '{apiVersion: v1, kind: ResourceQuota, metadata: {name: tenant}, spec: {hard: {requests.cpu: "4", requests.memory: 24Gi, pods: "10"}}}',
    );
    cluster.apply(deployment({ replicas: 3, cpu: '1300m' }));
    cluster.apply(
      deployment({ replicas: 3, cpu: '1300m' })
        .replace('name: web}', 'name: more}')
        .replace(/app: web/g, 'app: more'),
    );
    cluster.pass(5);
    expect(cluster.list('pods')).toHaveLength(3);
    expect(cluster.get('resourcequotas', 'tenant')?.status).toEqual({
      hard: { 'requests.cpu': '4', 'requests.memory': '24Gi', pods: '10' },
      used: { 'requests.cpu': '3900m', 'requests.memory': '3Gi', pods: '3' },
    });
    expect(cluster.events()).toContainEqual(
      expect.stringMatching(
        /^FailedCreate: Error creating: pods "more-\w+-\w+" is forbidden: exceeded quota: tenant, requested: requests.cpu=1300m, used: requests.cpu=3900m, limited: requests.cpu=4$/,
      ),
    );
    expect(conditions('deployments', 'more')).toContain(
      'ReplicaFailure=True FailedCreate',
    );
  });

  it('fills in the defaults of a LimitRange and refuses what exceeds its maximum', () => {
    cluster.apply(
      '{apiVersion: v1, kind: LimitRange, metadata: {name: tenant}, spec: {limits: [{type: Container, defaultRequest: {memory: 128Mi}, default: {memory: 512Mi}, max: {cpu: "2"}}]}}',
    );
    cluster.apply(job({ limits: 'cpu: 1' }));
    cluster.apply(job({ name: 'large', limits: 'cpu: 3' }));
    expect(
      items(cluster.list('pods')[0], 'spec.containers')[0].resources,
    ).toEqual({
      requests: { cpu: '1', memory: '128Mi' },
      limits: { cpu: '1', memory: '512Mi' },
    });
    expect(cluster.events()).toContainEqual(
      expect.stringMatching(
        /pods "large-\w+" is forbidden: maximum cpu usage per Container is 2, but limit is 3$/,
      ),
    );
  });

  it('leaves a pod that asks for more GPUs than any node has pending, in the words of the scheduler', () => {
    cluster.apply(job({ limits: 'nvidia.com/gpu: 8' }));
    cluster.pass(5);
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

  it('lets GPU pods wait for each other', () => {
    cluster.apply(
      job({ name: 'one', limits: 'nvidia.com/gpu: 3', seconds: 30 }),
    );
    cluster.apply(
      job({ name: 'two', limits: 'nvidia.com/gpu: 2', seconds: 30 }),
    );
    cluster.pass(5);
    const message = text(
      items(cluster.list('pods')[1], 'status.conditions')[0],
      'message',
    );
    expect(message).toMatch(
      /1 No preemption victims found for incoming pod, 2 Preemption is not helpful for scheduling\.$/,
    );
    cluster.pass(60);
    expect(conditions('jobs', 'two')).toContain(
      'Complete=True CompletionsReached',
    );
  });

  it('completes Jobs, and does not run them again after a restart', async () => {
    cluster.apply(job({ spec: 'completions: 2\n  parallelism: 2' }));
    cluster.pass(10);
    expect(cluster.get('jobs', 'train')?.status).toMatchObject({
      active: 2,
      ready: 2,
    });
    cluster.pass(30);
    expect(cluster.get('jobs', 'train')?.status).toMatchObject({
      succeeded: 2,
      startTime: '2026-11-23T12:00:00Z',
      completionTime: '2026-11-23T12:00:31Z',
    });
    expect(conditions('jobs', 'train')).toEqual([
      'SuccessCriteriaMet=True CompletionsReached',
      'Complete=True CompletionsReached',
    ]);
    expect(cluster.events()).toContain('Completed: Job completed');

    const status = cluster.get('jobs', 'train')?.status;
    cluster = await cluster.restart();
    cluster.apply(job({ spec: 'completions: 2\n  parallelism: 2' }));
    expect(cluster.get('jobs', 'train')?.status).toEqual(status);
    expect(reasonsOf('pods')).toEqual(['Succeeded', 'Succeeded']);

    cluster.apply(job({ name: 'other' }));
    expect(cluster.get('jobs', 'other')?.status).toMatchObject({ active: 1 });
  });

  it('fails Jobs at their backoff limit', () => {
    cluster.apply(
      job({
        labels: ', simulation.ml-platform.io/outcome: fail',
      }),
    );
    cluster.pass(40);
    expect(cluster.get('jobs', 'train')?.status).toMatchObject({ failed: 1 });
    expect(cluster.get('jobs', 'train')?.status).not.toHaveProperty('active');
    expect(conditions('jobs', 'train')).toEqual([
      'FailureTarget=True BackoffLimitExceeded',
      'Failed=True BackoffLimitExceeded',
    ]);
    expect(cluster.list('pods')[0].status).toMatchObject({
      phase: 'Failed',
      containerStatuses: [{ state: { terminated: { exitCode: 1 } } }],
    });
    expect(cluster.events()).toContain(
      'BackoffLimitExceeded: Job has reached the specified backoff limit',
    );
  });

  it('ends Jobs at their deadline, suspends them, and forgets them in time', () => {
    cluster.apply(
      job({ name: 'slow', seconds: 600, spec: 'activeDeadlineSeconds: 20' }),
    );
    cluster.apply(job({ name: 'asleep', spec: 'suspend: true' }));
    cluster.apply(
      job({ name: 'brief', seconds: 5, spec: 'ttlSecondsAfterFinished: 10' }),
    );
    cluster.pass(10);
    expect(conditions('jobs', 'brief')).toContain(
      'Complete=True CompletionsReached',
    );
    cluster.pass(15);
    expect(conditions('jobs', 'slow')).toContain(
      'Failed=True DeadlineExceeded',
    );
    expect(conditions('jobs', 'asleep')).toEqual([
      'Suspended=True JobSuspended',
    ]);
    expect(cluster.get('jobs', 'brief')).toBeUndefined();
    expect(cluster.list('pods')).toEqual([]);
  });

  it('fires CronJobs on time, and keeps so many of their Jobs', () => {
    const spec = job({ seconds: 20 })
      .split('spec:')
      .slice(1)
      .join('spec:')
      .replace(/\n/g, '\n    ');
    cluster.apply(`
apiVersion: batch/v1
kind: CronJob
metadata: {name: refresh}
spec:
  schedule: '*/5 * * * *'
  successfulJobsHistoryLimit: 2
  jobTemplate:
    spec:${spec}
`);
    cluster.pass(299);
    expect(cluster.list('jobs')).toEqual([]);
    cluster.pass(2);
    const minutes = Date.parse('2026-11-23T12:05:00Z') / 60_000;
    expect(cluster.list('jobs').map(({ metadata }) => metadata.name)).toEqual([
      `refresh-${minutes}`,
    ]);
    expect(cluster.get('cronjobs', 'refresh')?.status).toMatchObject({
      lastScheduleTime: '2026-11-23T12:05:00Z',
      active: [{ name: `refresh-${minutes}` }],
    });
    cluster.pass(1000);
    expect(cluster.list('jobs')).toHaveLength(2);
    expect(cluster.get('cronjobs', 'refresh')?.status).toEqual({
      lastScheduleTime: '2026-11-23T12:20:00Z',
      lastSuccessfulTime: '2026-11-23T12:20:21Z',
    });
    expect(cluster.events()).toEqual(
      expect.arrayContaining([
        `SuccessfulCreate: Created job refresh-${minutes}`,
        `SawCompletedJob: Saw completed job: refresh-${minutes}, condition: Complete`,
      ]),
    );
  });

  it('starts the pods of a StatefulSet one after the other, with their claims', () => {
    const set = (image: string) => `
apiVersion: apps/v1
kind: StatefulSet
metadata: {name: db}
spec:
  replicas: 2
  serviceName: db
  selector: {matchLabels: {app: db}}
  template: {metadata: {labels: {app: db}}, spec: {containers: [{name: db, image: '${image}'}]}}
  volumeClaimTemplates: [{metadata: {name: data}, spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}}]
`;
    const names = (plural: string) =>
      cluster.list(plural).map(({ metadata }) => metadata.name);
    cluster.apply(set('example.com/db:1'));
    expect(names('pods')).toEqual(['db-0']);
    cluster.pass(5);
    expect(names('pods')).toEqual(['db-0', 'db-1']);
    expect(names('persistentvolumeclaims')).toEqual(['data-db-0', 'data-db-1']);
    cluster.apply(set('example.com/db:2'));
    cluster.pass(10);
    expect(
      cluster.list('pods').map(pod => items(pod, 'spec.containers')[0].image),
    ).toEqual(['example.com/db:2', 'example.com/db:2']);
    expect(cluster.get('statefulsets', 'db')?.status).toMatchObject({
      readyReplicas: 2,
      updatedReplicas: 2,
      currentReplicas: 2,
    });
  });

  it('runs a DaemonSet where its pods are tolerated, and collects what has lost its owner', () => {
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
    cluster.pass(3);
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
    cluster.pass(1);
    expect(cluster.list('pods')).toEqual([]);
  });
});
