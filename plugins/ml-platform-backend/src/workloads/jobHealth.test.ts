import type { FakeObject } from '@internal/plugin-ml-platform-node/testing';
import {
  job,
  pod,
  ready,
  template,
  unschedulable,
  waiting,
} from '../__testUtils__/scorer';
import { startWorkloadPlatform } from './__testUtils__/workloadPlatform';
import { warningEvent } from './__testUtils__/workloadObjects';

const exited = (exitCode: number, finishedAt?: string) => ({
  phase: 'Failed',
  containerStatuses: [
    {
      name: 'server',
      state: { terminated: { exitCode, reason: 'Error', finishedAt } },
    },
  ],
});
const failedCondition = (reason: string, message?: string) => ({
  conditions: [{ type: 'Failed', status: 'True', reason, message }],
});
const indexed = {
  template,
  completionMode: 'Indexed',
  completions: 10,
  parallelism: 2,
  backoffLimitPerIndex: 1,
};
const ofIndex = (index: string, each: FakeObject): FakeObject => ({
  ...each,
  metadata: {
    ...each.metadata,
    annotations: { 'batch.kubernetes.io/job-completion-index': index },
  },
});

const parallel = job('train', {
  spec: { template, parallelism: 4, completions: 4 },
});
const single = job('train', {
  spec: { template, backoffLimit: 6 },
  status: { failed: 1 },
});
const stopped = job('train', {
  spec: { ...indexed, maxFailedIndexes: 2 },
  status: {
    failedIndexes: '1,3-5',
    completedIndexes: '0,2',
    ...failedCondition('MaxFailedIndexesExceeded'),
  },
});
const going = job('train', {
  spec: indexed,
  status: {
    succeeded: 3,
    failed: 1,
    failedIndexes: '1',
    completedIndexes: '0,2-3',
  },
});
const byPolicy = job('train', {
  spec: { template },
  status: failedCondition(
    'PodFailurePolicy',
    'Container server for pod app-ml-team-dev/train-x failed with exit code 42 matching FailJob rule at index 0',
  ),
});

describe('health of Jobs', () => {
  const platform = startWorkloadPlatform();

  it.each<[string, FakeObject[], string, string[]]>([
    [
      'each kind of obstacle with its number of pods',
      [
        parallel,
        pod('a', ready, parallel),
        pod('b', unschedulable, parallel),
        pod('c', unschedulable, parallel),
        pod(
          'd',
          {
            phase: 'Pending',
            containerStatuses: [
              {
                name: 'server',
                state: { waiting: { reason: 'InvalidImageName' } },
              },
            ],
          },
          parallel,
        ),
      ],
      'degraded',
      [
        '1 of 4 pods is not ready, 1 runs. Cannot pull the image: the image name is invalid. Correct it.',
        '2 of 4 pods are not ready, 1 runs. Requests 2 GPUs, but no node fits: 3 of 3 nodes have too few free GPUs. Request fewer GPUs or wait until another workload releases some.',
      ],
    ],
    [
      'a pod that is restarted again and again beside others that run',
      [
        parallel,
        pod('a', ready, parallel),
        pod('b', ready, parallel),
        pod('c', ready, parallel),
        pod('d', waiting('CrashLoopBackOff'), parallel),
      ],
      'degraded',
      [
        '1 of 4 pods is not ready, 3 run. Container server keeps crashing. Check its logs.',
      ],
    ],
    [
      'pods that the quota does not allow',
      [
        parallel,
        pod('a', ready, parallel),
        warningEvent(
          parallel,
          'FailedCreate',
          'Error creating: exceeded quota: compute',
        ),
      ],
      'waiting',
      [
        '3 of 4 pods are not ready, 1 runs. The quota in app-ml-team-dev is exceeded. Request less, delete what you no longer need, or ask for more quota.',
      ],
    ],
    [
      'a failed attempt that is replaced',
      [single, pod('a', exited(1), single), pod('b', ready, single)],
      'healthy',
      [],
    ],
    [
      'a failed attempt that is not replaced yet',
      [single, pod('a', exited(1), single)],
      'degraded',
      [
        'Container server failed with exit code 1. Check its logs. Kubernetes will retry (at most 6 times).',
      ],
    ],
    [
      'an ended pod with an old event',
      [
        single,
        pod('a', exited(1), single),
        warningEvent(
          pod('a', exited(1), single),
          'FailedMount',
          'MountVolume.SetUp failed for volume "data" : timed out',
        ),
      ],
      'degraded',
      [
        'Container server failed with exit code 1. Check its logs. Kubernetes will retry (at most 6 times).',
      ],
    ],
    [
      'a Job without a status',
      [job('train', { spec: { template } })],
      'progressing',
      ['Its pod has not been created yet.'],
    ],
    [
      'a Job without parallelism',
      [job('train', { spec: { template, parallelism: 0 } })],
      'suspended',
      ['Suspended, because parallelism is 0: it creates no pods.'],
    ],
    [
      'a Job that another controller manages',
      [
        job('train', {
          spec: { template, managedBy: 'kueue.x-k8s.io/multikueue' },
        }),
      ],
      'unknown',
      [
        'The Job is managed by kueue.x-k8s.io/multikueue, which has not reported a status yet.',
      ],
    ],
    [
      'too many failed indexes',
      [stopped, ofIndex('4', pod('a', exited(2), stopped))],
      'degraded',
      [
        'Indexes 1 and 3-5 failed; 2 of 10 succeeded. The Job was stopped because more than 2 indexes failed. Container server failed with exit code 2. Check its logs.',
      ],
    ],
    [
      'a failed index while the others go on',
      [
        going,
        ofIndex('1', pod('f', exited(2), going)),
        ofIndex('4', pod('a', ready, going)),
        ofIndex('5', pod('b', ready, going)),
      ],
      'degraded',
      [
        'Index 1 failed; 3 of 10 succeeded so far, and the others go on. Container server failed with exit code 2. Check its logs.',
      ],
    ],
    [
      'a pod failure policy',
      [byPolicy],
      'degraded',
      ['The Job was ended by rule 1 (FailJob) of its pod failure policy.'],
    ],
    [
      'a success policy',
      [
        job('train', {
          spec: indexed,
          status: {
            conditions: [{ type: 'SuccessCriteriaMet', status: 'True' }],
          },
        }),
      ],
      'healthy',
      [],
    ],
  ])('%s', async (_, objects, state, texts) => {
    const [{ health }] = (await platform.read(objects)).environments;

    expect(health.reasons.map(({ text }) => text)).toEqual(texts);
    expect(health.state).toBe(state);
  });
});
