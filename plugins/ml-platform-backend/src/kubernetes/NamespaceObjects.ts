import type {
  ClusterStore,
  ObjectType,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { cronJobSchema, type CronJob } from './cronJob';
import {
  argoRolloutSchema,
  daemonSetSchema,
  replicaSetSchema,
  replicatedSchema,
  type ArgoRollout,
  type DaemonSet,
  type ReplicaSet,
  type Replicated,
} from './deployment';
import { eventSchema, type Event } from './event';
import { jobSchema, type Job } from './job';
import { parseObjects } from './metadata';
import {
  persistentVolumeClaimSchema,
  type PersistentVolumeClaim,
} from './persistentVolumeClaim';
import { podSchema, type Pod } from './pod';
import { queuedWorkloadSchema, type QueuedWorkload } from './queuedWorkload';
import { resourceQuotaSchema, type ResourceQuota } from './resourceQuota';

/** What `readNamespaceObjects` reads: a change of another type alters none of it. */
export const NAMESPACE_TYPES = [
  'pods',
  'deployments',
  'replicasets',
  'statefulsets',
  'daemonsets',
  'rollouts',
  'jobs',
  'cronjobs',
  'events',
  'resourcequotas',
  'persistentvolumeclaims',
  'workloads',
] as const satisfies ObjectType[];

/** What a namespace has that tells how its workloads are. */
export interface NamespaceObjects {
  namespace: string;
  deployments: Replicated[];
  statefulSets: Replicated[];
  daemonSets: DaemonSet[];
  rollouts: ArgoRollout[];
  replicaSets: ReplicaSet[];
  cronJobs: CronJob[];
  jobs: Job[];
  pods: Pod[];
  events: Event[];
  quotas: ResourceQuota[];
  claims: PersistentVolumeClaim[];
  queued: QueuedWorkload[];
}

export async function readNamespaceObjects(
  store: ClusterStore,
  cluster: string,
  namespace: string,
): Promise<NamespaceObjects> {
  const list = async <T>(
    schema: z.ZodType<T>,
    type: (typeof NAMESPACE_TYPES)[number],
  ): Promise<T[]> => {
    const { items } = await store.list(cluster, type, { namespace });
    return parseObjects(schema, items);
  };
  const [
    deployments,
    statefulSets,
    daemonSets,
    rollouts,
    replicaSets,
    cronJobs,
    jobs,
    pods,
    events,
    quotas,
    claims,
    queued,
  ] = await Promise.all([
    list(replicatedSchema, 'deployments'),
    list(replicatedSchema, 'statefulsets'),
    list(daemonSetSchema, 'daemonsets'),
    list(argoRolloutSchema, 'rollouts'),
    list(replicaSetSchema, 'replicasets'),
    list(cronJobSchema, 'cronjobs'),
    list(jobSchema, 'jobs'),
    list(podSchema, 'pods'),
    list(eventSchema, 'events'),
    list(resourceQuotaSchema, 'resourcequotas'),
    list(persistentVolumeClaimSchema, 'persistentvolumeclaims'),
    list(queuedWorkloadSchema, 'workloads'),
  ]);
  return {
    namespace,
    deployments,
    statefulSets,
    daemonSets,
    rollouts,
    replicaSets,
    cronJobs,
    jobs,
    pods,
    events,
    quotas,
    claims,
    queued,
  };
}
