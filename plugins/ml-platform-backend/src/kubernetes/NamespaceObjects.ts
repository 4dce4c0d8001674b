import {
  parseStoredObjects,
  type ArgoRollout,
  type ClusterStore,
  type CronJob,
  type DaemonSet,
  type Event,
  type HorizontalPodAutoscaler,
  type Job,
  type KueueWorkload,
  type ObjectType,
  type ParsedObject,
  type PersistentVolumeClaim,
  type Pod,
  type ReplicaSet,
  type Replicated,
  type ResourceQuota,
} from '@internal/plugin-ml-platform-node';

/** The types that `readNamespaceObjects` reads; changes of other types do not affect its result. */
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
  'horizontalpodautoscalers',
  'kueueworkloads',
] as const satisfies ObjectType[];

/** The objects of a namespace from which the health of its workloads follows. */
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
  autoscalers: HorizontalPodAutoscaler[];
  queued: KueueWorkload[];
}

export async function readNamespaceObjects(
  store: ClusterStore,
  cluster: string,
  namespace: string,
): Promise<NamespaceObjects> {
  const list = async <T extends (typeof NAMESPACE_TYPES)[number]>(
    type: T,
  ): Promise<Array<ParsedObject<T>>> => {
    const { items } = await store.list(cluster, type, { namespace });
    return parseStoredObjects(type, items);
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
    autoscalers,
    queued,
  ] = await Promise.all([
    list('deployments'),
    list('statefulsets'),
    list('daemonsets'),
    list('rollouts'),
    list('replicasets'),
    list('cronjobs'),
    list('jobs'),
    list('pods'),
    list('events'),
    list('resourcequotas'),
    list('persistentvolumeclaims'),
    list('horizontalpodautoscalers'),
    list('kueueworkloads'),
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
    autoscalers,
    queued,
  };
}
