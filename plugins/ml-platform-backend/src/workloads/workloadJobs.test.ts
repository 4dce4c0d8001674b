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
  template,
  unschedulable,
} from '../__testUtils__/scorer';
import { startMlPlatform } from '../__testUtils__/startMlPlatform';

describe('jobs of a workload', () => {
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

  it('shows the state of Jobs and CronJobs, with the reason', async () => {
    const pending = job('pending', { spec: { template } });
    const rejected = job('rejected', { spec: { template } });
    const failed = job('failed', {
      spec: { template },
      status: {
        failed: 2,
        conditions: [
          {
            type: 'Failed',
            status: 'True',
            message: 'Job has reached the specified backoff limit',
          },
        ],
      },
    });
    const cronJob = fakeObjects.ofWorkload(
      'scorer',
      object('batch/v1', 'CronJob', 'nightly', {
        spec: { schedule: '0 2 * * *', jobTemplate: { spec: { template } } },
        status: { lastScheduleTime: '2026-11-20T02:00:00Z' },
      }),
    );
    kubernetes.objects.push(
      pending,
      rejected,
      failed,
      cronJob,
      job('suspended', { spec: { suspend: true, template } }),
      job('nightly-1', { spec: failed.spec, status: failed.status }, cronJob),
      pod('pending-1', unschedulable, pending),
      pod(
        'failed-1',
        {
          phase: 'Failed',
          containerStatuses: [
            {
              name: 'server',
              state: { terminated: { exitCode: 137, reason: 'OOMKilled' } },
            },
          ],
        },
        failed,
      ),
      object('v1', 'Event', 'quota', {
        involvedObject: { kind: 'Job', uid: rejected.metadata.uid },
        reason: 'FailedCreate',
        message: 'Error creating: exceeded quota: compute',
      }),
    );

    const { jobs, environments } = await read();
    const statesAndReasons = Object.fromEntries(
      jobs.map(({ name, state, reason }) => [name, [state, reason]]),
    );

    expect(statesAndReasons).toMatchObject({
      pending: [
        'Pending',
        'Requests 2 GPUs, but no node fits: 3 of 3 nodes have too few free GPUs. Request fewer GPUs or wait until another workload releases some.',
      ],
      rejected: [
        'Pending',
        'The quota in app-ml-team-dev is exceeded. Request less, delete what you no longer need, or ask for more quota.',
      ],
      failed: [
        'Failed',
        expect.stringMatching(
          /^Container server failed with exit code 137, out of memory\. .* 2 attempts failed\.$/,
        ),
      ],
      suspended: ['Suspended', expect.stringContaining('resumed')],
      nightly: [
        'Scheduled',
        'The last run failed. The Job failed. 2 attempts failed.',
      ],
    });
    expect(jobs.find(({ name }) => name === 'pending')).toMatchObject({
      gpus: 2,
      pod: 'pending-1',
      cluster: 'sandbox',
      namespace: NAMESPACE,
    });
    expect(environments[0].pods.total).toBe(0);
  });
});
