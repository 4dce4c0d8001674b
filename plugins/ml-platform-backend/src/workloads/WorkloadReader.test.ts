import {
  workloadSummarySchema,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
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
} from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';
import { withoutTimeouts } from './__testUtils__/withoutTimeouts';

const COMMIT = 'a'.repeat(40);
const PULL_TEXT =
  'Cannot pull image ghcr.io/acme/scorer:1.0.0: Back-off: dial tcp (address).';
const QUOTA_TEXT =
  'Requests 2 CPUs, but the quota in app-ml-team-dev allows 4 and 3 are in use. Request less, delete what you no longer need, or ask for more quota.';

describe('GET /teams/:team/workloads/:workload', () => {
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

  beforeEach(async () => {
    kubernetes = await FakeKubernetes.start();
    kubernetes.objects = [
      fakeObjects.namespace('app-ml-team', 'dev', NAMESPACE),
      fakeObjects.namespace('app-data-team', 'dev', 'app-data-team-dev'),
    ];
    platform = await startMlPlatform({ kubernetes });
  });
  afterEach(async () => {
    await platform.stop();
    await kubernetes.stop();
  });

  it('summarises Argo CD, images and pods of every environment', async () => {
    const deployment = fakeObjects.ofWorkload(
      'scorer',
      object('apps/v1', 'Deployment', 'scorer', {
        spec: { replicas: 3, template },
        status: { updatedReplicas: 2, availableReplicas: 1 },
      }),
    );
    const replicaSet = fakeObjects.ofWorkload(
      'scorer',
      object('apps/v1', 'ReplicaSet', 'scorer-1', { spec: { replicas: 3 } }),
      deployment,
    );
    const unlabelled = pod(
      'scorer-1-c',
      waiting('ImagePullBackOff', 'Back-off: dial tcp 10.2.3.4:443'),
      replicaSet,
    );
    delete unlabelled.metadata.labels;
    kubernetes.objects.push(
      deployment,
      replicaSet,
      pod('scorer-1-a', ready, replicaSet),
      unlabelled,
      fakeObjects.ofWorkload(
        'other',
        object('v1', 'Pod', 'other', { spec: template.spec, status: ready }),
      ),
      object('v1', 'Event', 'quota', {
        involvedObject: { kind: 'ReplicaSet', uid: replicaSet.metadata.uid },
        reason: 'FailedCreate',
        message:
          'Error creating: pods "scorer-1-d" is forbidden: exceeded quota: compute, requested: requests.cpu=2, used: requests.cpu=3, limited: requests.cpu=4',
        lastTimestamp: '2026-11-20T10:00:00Z',
      }),
      fakeObjects.application('app-ml-team', 'scorer', 'dev', {
        sync: { status: 'OutOfSync', revision: 'b'.repeat(40) },
        health: { status: 'Degraded' },
        history: [
          { id: 0, revision: 'c'.repeat(40) },
          {
            id: 1,
            revision: COMMIT,
            deployedAt: '2026-11-20T09:00:00Z',
          },
        ],
        conditions: [
          {
            type: 'ComparisonError',
            message:
              "rpc error: http://10.0.0.9:8081 accumulating '/tmp/repo/x/infra/base/a.yaml': no such file",
          },
        ],
        operationState: {
          phase: 'Failed',
          finishedAt: '2026-11-20T10:00:00Z',
        },
      }),
    );

    const { environments, freshness } = await read();

    expect(environments).toEqual([
      {
        environment: 'dev',
        cluster: 'sandbox',
        namespace: NAMESPACE,
        image: 'ghcr.io/acme/scorer:1.0.0',
        application: {
          name: 'app-ml-team--scorer--dev',
          sync: 'OutOfSync',
          health: 'Degraded',
          revision: COMMIT,
          // When the deployed revision was synced, not the failed operation after it.
          deployedAt: '2026-11-20T09:00:00Z',
          operation: {
            phase: 'Failed',
            finishedAt: '2026-11-20T10:00:00Z',
            retries: 0,
          },
          conditions: [
            {
              type: 'ComparisonError',
              message:
                "rpc error: (address) accumulating '…/base/a.yaml': no such file",
              severity: 'error',
            },
          ],
        },
        pods: {
          ready: 1,
          total: 3,
          reasons: [PULL_TEXT, QUOTA_TEXT],
        },
        health: {
          state: 'degraded',
          reasons: [
            {
              code: 'sync-error',
              text: "Argo CD cannot render the newest version, so the previous one stays deployed: rpc error: (address) accumulating '…/base/a.yaml': no such file.",
              object: { kind: 'Application', name: 'app-ml-team--scorer--dev' },
            },
            {
              code: 'image-pull',
              text: PULL_TEXT,
              object: { kind: 'Pod', name: 'scorer-1-c' },
              since: '2026-11-20T10:00:00Z',
            },
            {
              code: 'quota-exceeded',
              text: QUOTA_TEXT,
              object: { kind: 'ResourceQuota', name: 'compute' },
            },
            {
              code: 'rolling-out',
              text: '2 of 3 pods run the new version, 1 is available.',
              object: { kind: 'Deployment', name: 'scorer' },
            },
          ],
        },
        rollouts: [
          {
            kind: 'Deployment',
            name: 'scorer',
            state: 'progressing',
            text: '2 of 3 pods run the new version, 1 is available.',
            desired: 3,
            updated: 2,
            available: 1,
          },
        ],
      },
      {
        environment: 'prod',
        cluster: 'sandbox',
        namespace: 'app-ml-team',
        pods: { ready: 0, total: 0, reasons: [] },
        health: {
          state: 'missing',
          reasons: [
            { code: 'not-deployed', text: 'Nothing is deployed in prod.' },
          ],
        },
        rollouts: [],
      },
    ]);
    expect(freshness).toMatchObject({ stale: false, problems: [] });
  });

  it.each([
    [
      waiting('CrashLoopBackOff', 'back-off 5m', {
        terminated: { exitCode: 1, reason: 'Error' },
      }),
      'Container server keeps crashing: 4 restarts, last with exit code 1. Check its logs.',
    ],
    [waiting('ContainerCreating'), 'Container server is being created.'],
    [
      waiting('CreateContainerConfigError', 'secret "s" not found'),
      'Container server cannot start: the Secret s does not exist. Add it or correct its name.',
    ],
    [{ phase: 'Running' }, 'Running but not ready yet.'],
  ])('explains a pod (%#)', async (status, reason) => {
    kubernetes.objects.push(pod('a', status));

    expect((await read()).environments[0].pods.reasons).toEqual([reason]);
  });

  it('shows a workload that is merged but not deployed yet', async () => {
    await platform.stop();
    platform = await startMlPlatform({
      kubernetes,
      repository: {
        lastKnownHead: () => COMMIT,
        list: async (_, directory) =>
          directory === 'infra/gitops/workloads/app-ml-team/scorer'
            ? [`${directory}/ml-platform.yaml`]
            : [],
      },
    });

    expect((await read()).environments).toHaveLength(2);
  });

  it('shows the last known state of an unresponsive cluster as stale', async () => {
    kubernetes.objects.push(pod('a', ready));
    const before = await read();
    kubernetes.behaviour = 'silent';
    const silentAt = new Date().toISOString();
    await read();

    const during = await withoutTimeouts(read);

    expect(during.environments).toEqual(before.environments);
    expect(during.freshness.asOf! <= silentAt).toBe(true);
    expect(during.freshness).toMatchObject({
      stale: true,
      problems: [
        {
          source: 'Kubernetes (sandbox)',
          kind: 'timeout',
          message: 'Kubernetes (sandbox) did not answer in time.',
        },
      ],
    });
  });
});
