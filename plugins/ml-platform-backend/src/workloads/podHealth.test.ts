import {
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, object, pod, template } from '../__testUtils__/scorer';
import { startWorkloadPlatform } from './__testUtils__/workloadPlatform';
import { deployment } from './__testUtils__/workloadObjects';

const statefulSet = fakeObjects.ofWorkload(
  'scorer',
  object('apps/v1', 'StatefulSet', 'scorer', {
    spec: { replicas: 1, template },
    status: {},
  }),
);
const notAvailable = deployment('scorer', NAMESPACE, { updatedReplicas: 1 });
const condition = (
  type: string,
  status: string,
  rest: Record<string, unknown> = {},
) => ({ type, status, ...rest });

function onNode(
  name: string,
  status: Record<string, unknown>,
  rest: {
    spec?: Record<string, unknown>;
    metadata?: Record<string, unknown>;
  } = {},
): FakeObject {
  const each = pod(name, status, statefulSet);
  return {
    ...each,
    metadata: { ...each.metadata, ...rest.metadata },
    spec: { ...template.spec, nodeName: 'worker-1', ...rest.spec },
  };
}
const node = (ready: string): FakeObject => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name: 'worker-1' },
  status: { conditions: [condition('Ready', ready)] },
});
const otherNode = (): FakeObject => ({
  ...node('True'),
  metadata: { name: 'worker-2' },
});
const running = {
  phase: 'Running',
  conditions: [condition('Ready', 'False')],
};
const deleted = {
  deletionTimestamp: '2026-11-20T11:00:00Z',
  deletionGracePeriodSeconds: 30,
};
const withSidecar = {
  initContainers: [{ name: 'proxy', image: 'proxy', restartPolicy: 'Always' }],
};
const containersReady = {
  phase: 'Running',
  conditions: [
    condition('ContainersReady', 'True'),
    condition('Ready', 'False', { reason: 'ReadinessGatesNotReady' }),
  ],
};

describe('health of pods', () => {
  const platform = startWorkloadPlatform();

  it.each<[string, FakeObject[], string, string]>([
    [
      'terminates on a node that is not reachable',
      [onNode('a', running, { metadata: deleted }), node('Unknown')],
      'degraded',
      'The pod cannot be removed: its node is unreachable. Nothing replaces it until then. The node has to come back, or the platform team has to remove it.',
    ],
    [
      'terminates on a node that does not exist',
      [onNode('a', running, { metadata: deleted }), otherNode()],
      'degraded',
      'The pod cannot be removed: its node no longer exists. Nothing replaces it until then. The node has to come back, or the platform team has to remove it.',
    ],
    [
      'does not end within its grace period',
      [onNode('a', running, { metadata: deleted }), node('True')],
      'degraded',
      'The pod should have ended after its grace period of 30 s, but its node has not removed it. Nothing replaces it until then. Contact the platform team if this persists.',
    ],
    [
      'is kept by a finalizer',
      [
        onNode('a', running, {
          metadata: { ...deleted, finalizers: ['example.com/backup'] },
        }),
        node('True'),
      ],
      'degraded',
      'The pod has ended, but the finalizer example.com/backup keeps it. Nothing replaces it until then. The controller of the finalizer has to remove it. Contact the platform team if this persists.',
    ],
    [
      'fails and has no owner that would replace it',
      [
        fakeObjects.ofWorkload('scorer', {
          ...object('v1', 'Pod', 'scorer', {
            spec: template.spec,
            status: {
              phase: 'Failed',
              containerStatuses: [
                {
                  name: 'server',
                  restartCount: 0,
                  state: { terminated: { exitCode: 1, reason: 'Error' } },
                },
              ],
            },
          }),
        }),
      ],
      'degraded',
      'Container server failed with exit code 1. Check its logs.',
    ],
    [
      'runs on a node that is not ready',
      [onNode('a', running), node('False')],
      'degraded',
      'Its node is not ready. Kubernetes replaces the pod if the node does not come back within minutes.',
    ],
    [
      'waits for a readiness gate',
      [
        onNode('a', containersReady, {
          spec: {
            readinessGates: [{ conditionType: 'example.com/target-health' }],
          },
        }),
      ],
      'progressing',
      'Its containers are ready, but the readiness gate example.com/target-health is not: its controller has not set it. Check the controller that the gate belongs to, for example the load balancer.',
    ],
    [
      'has a sidecar that keeps crashing',
      [
        onNode(
          'a',
          {
            phase: 'Pending',
            initContainerStatuses: [
              {
                name: 'proxy',
                restartCount: 3,
                state: { waiting: { reason: 'CrashLoopBackOff' } },
                lastState: {
                  terminated: { exitCode: 137, reason: 'OOMKilled' },
                },
              },
            ],
          },
          { spec: withSidecar },
        ),
      ],
      'degraded',
      'Sidecar proxy keeps crashing: 3 restarts, last with exit code 137, out of memory. It exceeded its memory limit. Raise the limit or use less memory (a smaller batch, fewer workers).',
    ],
    [
      'has a sidecar that has not started',
      [
        onNode(
          'a',
          {
            phase: 'Pending',
            initContainerStatuses: [
              { name: 'proxy', started: false, state: { running: {} } },
            ],
          },
          { spec: withSidecar },
        ),
      ],
      'progressing',
      'Sidecar proxy has not started yet; the other containers wait for it.',
    ],
    [
      'has an init container that fails',
      [
        onNode('a', {
          phase: 'Pending',
          initContainerStatuses: [
            {
              name: 'fetch',
              restartCount: 2,
              state: { waiting: { reason: 'CrashLoopBackOff' } },
              lastState: { terminated: { exitCode: 4, reason: 'Error' } },
            },
          ],
        }),
      ],
      'degraded',
      'Init container fetch keeps crashing: 2 restarts, last with exit code 4. Check its logs.',
    ],
    [
      'is held by a scheduling gate',
      [
        {
          ...pod('a', {
            phase: 'Pending',
            conditions: [
              condition('PodScheduled', 'False', { reason: 'SchedulingGated' }),
            ],
          }),
          spec: {
            ...template.spec,
            schedulingGates: [{ name: 'example.com/budget' }],
          },
        },
      ],
      'waiting',
      'Waiting until the scheduling gate example.com/budget is removed, for example by the GPU queue.',
    ],
    [
      'waits for the pods that it preempts',
      [
        pod('a', {
          phase: 'Pending',
          nominatedNodeName: 'worker-1',
          conditions: [
            condition('PodScheduled', 'False', {
              reason: 'Unschedulable',
              message:
                '0/1 nodes are available: 1 Insufficient nvidia.com/gpu.',
            }),
          ],
        }),
      ],
      'waiting',
      'Requests 2 GPUs, but no node fits: 1 of 1 node has too few free GPUs. Request fewer GPUs or wait until another workload releases some. Pods of lower priority are being removed to make room for it.',
    ],
    [
      'was refused by its node',
      [
        notAvailable,
        pod('a', {
          phase: 'Failed',
          reason: 'UnexpectedAdmissionError',
          message:
            'Allocate failed due to requested number of devices unavailable for nvidia.com/gpu. Requested: 1, Available: 0, which is unexpected',
        }),
      ],
      'degraded',
      'Its node refused the pod: a GPU that was assigned to the container no longer exists on the node. The node has to be repaired. Contact the platform team if this persists.',
    ],
    [
      'has a status without a phase',
      [onNode('a', {})],
      'unknown',
      'The node has not reported the state of the pod yet.',
    ],
    [
      'cannot be resized on its node',
      [
        onNode('a', {
          phase: 'Running',
          conditions: [
            condition('Ready', 'True'),
            condition('PodResizePending', 'True', {
              reason: 'Infeasible',
              message: "Node didn't have enough capacity: cpu, requested: 9000",
            }),
          ],
        }),
      ],
      'waiting',
      "The pod runs with its old resources: its node can never give it the new ones. Node didn't have enough capacity: cpu, requested: 9000. Request less, or let the pod be created again on another node.",
    ],
  ])('%s', async (_, objects, state, text) => {
    const isOfStatefulSet = objects.some(
      ({ metadata }) => metadata.ownerReferences,
    );
    const [{ health }] = (
      await platform.read(isOfStatefulSet ? [statefulSet, ...objects] : objects)
    ).environments;

    expect(health.reasons.map(reason => reason.text)).toContain(text);
    expect(health.state).toBe(state);
  });
});
