import {
  fakeObjects,
  type FakeObject,
} from '@internal/plugin-ml-platform-node/testing';
import { NAMESPACE, object, template } from '../../__testUtils__/scorer';

/** A Deployment of one replica; by default, it is available. */
export const deployment = (
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

/** A warning event about an object, and about its container "server". */
export const warningEvent = (
  about: FakeObject,
  reason: string,
  message: string,
) =>
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

/** Kueue's Workload of a Job, which waits for two GPUs. */
export const kueueWorkload = (
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

/** A LocalQueue of the ClusterQueue "all-gpus". */
export const localQueue = (namespace: string): FakeObject => ({
  apiVersion: 'kueue.x-k8s.io/v1beta2',
  kind: 'LocalQueue',
  metadata: { name: 'gpus', namespace },
  spec: { clusterQueue: 'all-gpus' },
});
