import {
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';

export const NAMESPACE = 'app-ml-team-dev';

export const object = (
  apiVersion: string,
  kind: string,
  name: string,
  rest: Record<string, unknown>,
): FakeObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: NAMESPACE },
  ...rest,
});
export const template = {
  spec: {
    containers: [
      {
        name: 'server',
        image: 'ghcr.io/acme/scorer:1.0.0',
        resources: { limits: { 'nvidia.com/gpu': '2' } },
      },
    ],
  },
};
export const pod = (
  name: string,
  status: Record<string, unknown>,
  owner?: FakeObject,
) =>
  fakeObjects.ofWorkload(
    'scorer',
    object('v1', 'Pod', name, { spec: template.spec, status }),
    owner,
  );
export const ready = {
  phase: 'Running',
  conditions: [{ type: 'Ready', status: 'True' }],
};
export const unschedulable = {
  phase: 'Pending',
  conditions: [
    {
      type: 'PodScheduled',
      status: 'False',
      reason: 'Unschedulable',
      message: '0/3 nodes are available: 3 Insufficient nvidia.com/gpu.',
    },
  ],
};
export const waiting = (
  reason: string,
  message?: string,
  lastState?: unknown,
) => ({
  phase: 'Running',
  containerStatuses: [
    {
      name: 'server',
      image: 'ghcr.io/acme/scorer:1.0.0',
      ready: false,
      restartCount: 4,
      state: { waiting: { reason, message } },
      lastState,
    },
  ],
});
export const job = (
  name: string,
  rest: Record<string, unknown>,
  owner?: FakeObject,
) =>
  fakeObjects.ofWorkload(
    'scorer',
    object('batch/v1', 'Job', name, rest),
    owner,
  );
