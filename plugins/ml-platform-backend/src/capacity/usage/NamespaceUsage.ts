import {
  addRequests,
  claimNames,
  isFinishedPod,
  NO_REQUESTS,
  nodeOfPod,
  podRequests,
  volumeBytes,
  workloadOf,
  type ClusterStore,
  type ObjectChange,
  type ObjectType,
  type ResourceRequests,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { IncrementalView } from '../../views/IncrementalView';

const OWNER_TYPES: ObjectType[] = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'cronjobs',
  'jobs',
];

/** What the use of a namespace is made of. */
export const USAGE_TYPES: ObjectType[] = [
  'pods',
  'persistentvolumeclaims',
  ...OWNER_TYPES,
];

/** What one workload has in one namespace; without a workload: what belongs to none. */
export interface WorkloadUsage {
  workload?: string;
  /** Sums by node of the pods that are not finished; by undefined, of those that wait for one. */
  byNode: Map<string | undefined, ResourceRequests & { pods: number }>;
  volumeBytes: number;
}

/** What the workloads of a namespace ask for: made again only after a change that matters for it. */
export class NamespaceUsage {
  static create(options: { store: ClusterStore }): NamespaceUsage {
    return new NamespaceUsage(options.store);
  }

  readonly #view: IncrementalView<WorkloadUsage[]>;

  private constructor(store: ClusterStore) {
    this.#view = IncrementalView.create({
      store,
      types: USAGE_TYPES,
      clusterOf: key => key.slice(0, key.lastIndexOf('/')),
      keysOf: change => {
        const { namespace = '' } = (change.object ?? change.previous)!.metadata;
        return isRelevant(change) ? [`${change.cluster}/${namespace}`] : [];
      },
      make: key => {
        const slash = key.lastIndexOf('/');
        return readUsage(store, key.slice(0, slash), key.slice(slash + 1));
      },
    });
  }

  /** By workload, in no order. Nobody may change what this returns. */
  get(cluster: string, namespace: string): Promise<WorkloadUsage[]> {
    return this.#view.get(`${cluster}/${namespace}`);
  }
}

/** Most changes of pods are of their status. The store keeps equal parts once, so that they are the same object. */
function isRelevant({ type, object, previous }: ObjectChange): boolean {
  if (!USAGE_TYPES.includes(type)) {
    return false;
  }
  if (!object || !previous) {
    return true;
  }
  const isSameOwner =
    object.metadata.uid === previous.metadata.uid &&
    object.metadata.labels === previous.metadata.labels &&
    object.metadata.ownerReferences === previous.metadata.ownerReferences;
  switch (type) {
    case 'pods':
      return !(
        isSameOwner &&
        nodeOfPod(object) === nodeOfPod(previous) &&
        isFinishedPod(object) === isFinishedPod(previous) &&
        podRequests(object) === podRequests(previous)
      );
    case 'persistentvolumeclaims':
      return !isSameOwner || volumeBytes(object) !== volumeBytes(previous);
    default:
      return !isSameOwner;
  }
}

async function readUsage(
  store: ClusterStore,
  cluster: string,
  namespace: string,
): Promise<WorkloadUsage[]> {
  const list = async (type: ObjectType) =>
    (await store.list(cluster, type, { namespace })).items;
  const [pods, claims, ...owners] = await Promise.all([
    list('pods'),
    list('persistentvolumeclaims'),
    ...OWNER_TYPES.map(list),
  ]);
  const nameOf = workloadOf(owners.flat());
  const usages = new Map<string | undefined, WorkloadUsage>();
  const usageOf = (workload: string | undefined) => {
    const usage = usages.get(workload) ?? {
      workload,
      byNode: new Map(),
      volumeBytes: 0,
    };
    usages.set(workload, usage);
    return usage;
  };
  const mounters = new Map<string, string | undefined>();
  for (const pod of pods.filter(each => !isFinishedPod(each))) {
    const workload = nameOf(pod);
    addPod(usageOf(workload), pod);
    claimNames(pod).forEach(name => mounters.set(name, workload));
  }
  for (const claim of claims) {
    const workload = nameOf(claim) ?? mounters.get(claim.metadata.name);
    usageOf(workload).volumeBytes += volumeBytes(claim);
  }
  return [...usages.values()];
}

function addPod({ byNode }: WorkloadUsage, pod: StoredObject) {
  const node = nodeOfPod(pod);
  const before = byNode.get(node) ?? { ...NO_REQUESTS, pods: 0 };
  byNode.set(node, {
    ...addRequests(before, podRequests(pod)),
    pods: before.pods + 1,
  });
}
