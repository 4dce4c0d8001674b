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

/** Types of the objects that the usage of a namespace is computed from. */
export const USAGE_TYPES: ObjectType[] = [
  'pods',
  'persistentvolumeclaims',
  ...OWNER_TYPES,
];

/** Resources that a workload requests in a namespace. */
export interface WorkloadUsage {
  /** Absent for the sum of the objects without a workload. */
  workload?: string;
  /** Sums over unfinished pods by node name; the key of pods without a node is undefined. */
  byNode: Map<string | undefined, ResourceRequests & { pods: number }>;
  volumeBytes: number;
}

/** Resources that the workloads of each namespace request; recomputed only after a change that affects them. */
export class NamespaceUsage {
  readonly #view: IncrementalView<WorkloadUsage[]>;

  constructor({ store }: { store: ClusterStore }) {
    this.#view = new IncrementalView({
      store,
      types: USAGE_TYPES,
      clusterOf: key => key.slice(0, key.lastIndexOf('/')),
      affectedKeys: change => {
        const { namespace = '' } = (change.object ?? change.previous)!.metadata;
        return affectsUsage(change) ? [`${change.cluster}/${namespace}`] : [];
      },
      compute: key => {
        const slash = key.lastIndexOf('/');
        return computeUsage(store, key.slice(0, slash), key.slice(slash + 1));
      },
    });
  }

  /** One entry per workload, in no particular order. Do not mutate: the value is cached. */
  get(cluster: string, namespace: string): Promise<WorkloadUsage[]> {
    return this.#view.get(`${cluster}/${namespace}`);
  }
}

/**
 * Returns false for changes that leave the usage as it is, such as most status updates of pods. Comparing references is
 * enough for unchanged parts of an object, because the store interns them.
 */
function affectsUsage({ type, object, previous }: ObjectChange): boolean {
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

async function computeUsage(
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
  const mountedBy = new Map<string, string | undefined>();
  for (const pod of pods.filter(candidate => !isFinishedPod(candidate))) {
    const workload = nameOf(pod);
    addPod(usageOf(workload), pod);
    claimNames(pod).forEach(name => mountedBy.set(name, workload));
  }
  for (const claim of claims) {
    const workload = nameOf(claim) ?? mountedBy.get(claim.metadata.name);
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
