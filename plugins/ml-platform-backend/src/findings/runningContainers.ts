import {
  parseDigest,
  isActivePod,
  workloadOf,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';

/** A running container. Containers that are equal in these fields are one. */
export interface RunningContainer {
  workload?: string;
  container: string;
  /** Image reference of the pod. */
  image: string;
  /** Digest that the node reports; absent until it has pulled the image. */
  pulled?: string;
  /** `<kind>/<name>` of the resources under which trivy-operator can have scanned it. */
  resources: readonly string[];
}

/** Objects of a namespace that run containers, with the owners of its pods. */
export interface ContainerSources {
  pods: StoredObject[];
  cronJobs: StoredObject[];
  owners: StoredObject[];
}

interface ContainerFields {
  name?: string;
  image?: string;
  imageID?: string;
  restartPolicy?: string;
}

interface PodSpecFields {
  containers?: ContainerFields[];
  initContainers?: ContainerFields[];
}

interface PodStatusFields {
  containerStatuses?: ContainerFields[];
  initContainerStatuses?: ContainerFields[];
}

/** Lists the containers of active pods, and of CronJobs that are not suspended. */
export function runningContainers({
  pods,
  cronJobs,
  owners,
}: ContainerSources): RunningContainer[] {
  const found = new Map<string, RunningContainer>();
  const byUid = new Map(owners.map(owner => [owner.metadata.uid, owner]));
  const workloadOfObject = workloadOf(owners);
  const sharedResources = new Map<string, string[]>();
  const add = (
    object: StoredObject,
    spec: PodSpecFields | undefined,
    pulled: (name: string) => string | undefined,
  ) => {
    const workload = workloadOfObject(object);
    const scanned = scannedAs(object, byUid);
    const resources = sharedResources.get(scanned[0]) ?? scanned;
    sharedResources.set(scanned[0], resources);
    for (const { name = '', image = '' } of longRunning(spec)) {
      const each = { workload, container: name, image, pulled: pulled(name) };
      const key = JSON.stringify([each, resources[0]]);
      if (image && !found.has(key)) {
        found.set(key, { ...each, resources });
      }
    }
  };
  for (const pod of pods) {
    if (isActivePod(pod)) {
      const digests = pulledDigests(pod);
      add(pod, pod.spec as PodSpecFields, name => digests.get(name));
    }
  }
  for (const cronJob of cronJobs) {
    if (cronJob.spec?.suspend !== true) {
      add(cronJob, jobTemplateSpec(cronJob), () => undefined);
    }
  }
  return withPulled([...found.values()]);
}

/**
 * Checks if a change of a pod can change its running containers; most changes are about readiness and restarts. The store
 * interns equal parts, so comparing references is enough.
 */
export function changesContainers(
  before: StoredObject | undefined,
  after: StoredObject | undefined,
): boolean {
  if (!before || !after || isActivePod(before) !== isActivePod(after)) {
    return true;
  }
  const a = before.spec as PodSpecFields;
  const b = after.spec as PodSpecFields;
  return (
    before.metadata.uid !== after.metadata.uid ||
    before.metadata.labels !== after.metadata.labels ||
    before.metadata.ownerReferences !== after.metadata.ownerReferences ||
    a?.containers !== b?.containers ||
    a?.initContainers !== b?.initContainers ||
    String([...pulledDigests(before)]) !== String([...pulledDigests(after)])
  );
}

function pulledDigests({ status }: StoredObject): Map<string, string> {
  const { containerStatuses = [], initContainerStatuses = [] } = (status ??
    {}) as PodStatusFields;
  const digests = new Map<string, string>();
  for (const { name, imageID } of [
    ...initContainerStatuses,
    ...containerStatuses,
  ]) {
    const digest = parseDigest(imageID);
    if (name && digest) {
      digests.set(name, digest);
    }
  }
  return digests;
}

/** An init container with restart policy `Always` is a sidecar that keeps running. */
function longRunning(spec: PodSpecFields | undefined): ContainerFields[] {
  const sidecars = (spec?.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  return [...sidecars, ...(spec?.containers ?? [])];
}

function jobTemplateSpec({ spec }: StoredObject): PodSpecFields | undefined {
  const { jobTemplate } = (spec ?? {}) as {
    jobTemplate?: { spec?: { template?: { spec?: PodSpecFields } } };
  };
  return jobTemplate?.spec?.template?.spec;
}

type ByUid = ReadonlyMap<string | undefined, StoredObject>;

/** Scanned resource of an object: its controller, or itself without one; for a Job of a CronJob, the CronJob. */
function scannedAs(object: StoredObject, byUid: ByUid): string[] {
  const owners = object.metadata.ownerReferences ?? [];
  return owners.length === 0
    ? [`${object.kind}/${object.metadata.name}`]
    : owners.flatMap(({ kind, name, uid }) => [
        `${kind}/${name}`,
        ...(byUid.get(uid)?.metadata.ownerReferences ?? []).map(
          owner => `${owner.kind}/${owner.name}`,
        ),
      ]);
}

/** Gives containers whose image is not pulled yet the digest that the namespace pulled under the same name. */
function withPulled(containers: RunningContainer[]): RunningContainer[] {
  const digests = new Map<string, Set<string>>();
  for (const { image, pulled } of containers) {
    if (pulled) {
      const pulledAs = digests.get(image) ?? new Set();
      digests.set(image, pulledAs.add(pulled));
    }
  }
  return containers.map(container => {
    const [only, ...others] = digests.get(container.image) ?? [];
    return container.pulled || !only || others.length > 0
      ? container
      : { ...container, pulled: only };
  });
}
