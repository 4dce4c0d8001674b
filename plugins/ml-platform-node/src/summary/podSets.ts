import type { KubernetesObject } from '@internal/platform-rules';
import { field, fieldsOf, itemsOf, textOf } from '../destructive/fields';
import { requestsOfSpec, type ResourceRequests } from '../kinds/podRequests';
import { podSpecSchema } from '../kinds/podTemplate';
import { unitsOf } from '../quantities';

/** Kinds that keep pods running, by the field with their number. */
const SERVICES = ['Deployment', 'Rollout', 'StatefulSet'];
const AUTOSCALERS = ['HorizontalPodAutoscaler', 'ScaledObject'];
/** Kinds whose controllers make pods that cannot be told from the object alone. */
const UNKNOWN = ['Cluster', 'DaemonSet', 'JobSet', 'RayCluster', 'TrainJob'];

/** Pods of the same sort that one object starts, and the volumes that it claims for them. */
export interface PodSet {
  object: KubernetesObject;
  /** `job`: pods of a Job, or of each run of a CronJob, which end. */
  sort: 'service' | 'job' | 'scheduled';
  /** Pods at the same time, and the most that an autoscaler starts. */
  replicas: number;
  most: number;
  requests: ResourceRequests;
  /** Label of the nodes that its pods have to be on. */
  gpuProduct?: string;
  /** Bytes of volumes for each replica. */
  storage: number;
}

/** Finds the pods that objects start, as far as the objects say. */
export function podSets(objects: KubernetesObject[]): PodSet[] {
  return objects.flatMap((object): PodSet[] => {
    const { kind } = object;
    if (SERVICES.includes(kind)) {
      const scale = scaleOf(object, objects);
      return podSet(object, 'service', field(object, 'spec'), scale);
    }
    if (kind === 'Job') {
      return jobSet(object, 'job', field(object, 'spec'));
    }
    return kind === 'CronJob'
      ? jobSet(
          object,
          'scheduled',
          field(object, 'spec', 'jobTemplate', 'spec'),
        )
      : [];
  });
}

/** Objects that start pods whose number or size is not known before they do. */
export function unknownPodSets(
  objects: KubernetesObject[],
): KubernetesObject[] {
  return objects.filter(({ kind }) => UNKNOWN.includes(kind));
}

/** Sum of the volumes that objects claim by themselves, in bytes. */
export function claimedBytes(objects: KubernetesObject[]): number {
  return objects
    .filter(({ kind }) => kind === 'PersistentVolumeClaim')
    .reduce((sum, claim) => sum + storageOf(claim), 0);
}

function jobSet(
  object: KubernetesObject,
  sort: 'job' | 'scheduled',
  spec: unknown,
): PodSet[] {
  const parallelism = Number(field(spec, 'parallelism') ?? 1);
  const completions = Number(field(spec, 'completions') ?? Infinity);
  const replicas = Math.min(parallelism, completions);
  return podSet(object, sort, spec, { replicas, most: replicas });
}

function podSet(
  object: KubernetesObject,
  sort: PodSet['sort'],
  spec: unknown,
  scale: Pick<PodSet, 'replicas' | 'most'>,
): PodSet[] {
  const { data } = podSpecSchema.safeParse(field(spec, 'template', 'spec'));
  return data
    ? [
        {
          object,
          sort,
          ...scale,
          requests: requestsOfSpec(data),
          gpuProduct: textOf(
            fieldsOf(field(spec, 'template', 'spec', 'nodeSelector'))[
              'nvidia.com/gpu.product'
            ],
          ),
          storage: itemsOf(field(spec, 'volumeClaimTemplates')).reduce<number>(
            (sum, claim) => sum + storageOf(claim),
            0,
          ),
        },
      ]
    : [];
}

/** Replicas are those of the object, or else those that its autoscaler starts with. */
function scaleOf(
  object: KubernetesObject,
  objects: KubernetesObject[],
): Pick<PodSet, 'replicas' | 'most'> {
  const autoscaler = objects.find(
    candidate =>
      AUTOSCALERS.includes(candidate.kind) &&
      field(candidate, 'spec', 'scaleTargetRef', 'name') ===
        object.metadata.name &&
      (field(candidate, 'spec', 'scaleTargetRef', 'kind') ?? 'Deployment') ===
        object.kind,
  );
  const { minReplicas, maxReplicas, minReplicaCount, maxReplicaCount } =
    fieldsOf(field(autoscaler, 'spec'));
  const replicas = Number(
    field(object, 'spec', 'replicas') ?? minReplicas ?? minReplicaCount ?? 1,
  );
  return {
    replicas,
    most: Math.max(replicas, Number(maxReplicas ?? maxReplicaCount ?? 0)),
  };
}

function storageOf(claim: unknown): number {
  const size = field(claim, 'spec', 'resources', 'requests', 'storage');
  return unitsOf(textOf(size) ?? '') ?? 0;
}
