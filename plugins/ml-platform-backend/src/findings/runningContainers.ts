import {
  isActivePod,
  workloadOf,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { digestIn } from './image';

/** A container that runs now. Of containers that do not differ in this there is one. */
export interface RunningContainer {
  workload?: string;
  container: string;
  /** As the pod names it. */
  image: string;
  /** What the node that pulled it says; absent until then. */
  pulled?: string;
  /** `<kind>/<name>` of what trivy-operator would have scanned it as part of. */
  resources: readonly string[];
}

/** What of a namespace tells what runs in it. */
export interface ContainerSources {
  pods: StoredObject[];
  cronJobs: StoredObject[];
  /** What pods may belong to. */
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

/** Of pods that have not ended, and of CronJobs that will run the same again. */
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

/** Whether a change of a pod can alter what runs; most are about readiness and restarts. Equal parts are one in the store. */
export function runsOtherwise(
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
    const digest = digestIn(imageID);
    if (name && digest) {
      digests.set(name, digest);
    }
  }
  return digests;
}

/** `Always` on an init container makes it a sidecar that keeps running. */
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

/** Its controller, or itself without one; a Job that a CronJob made is scanned as the CronJob. */
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

/** Pods whose image is yet to be pulled run what the others of the namespace pulled under the same name. */
function withPulled(containers: RunningContainer[]): RunningContainer[] {
  const digests = new Map<string, Set<string>>();
  for (const { image, pulled } of containers) {
    if (pulled) {
      const known = digests.get(image) ?? new Set();
      digests.set(image, known.add(pulled));
    }
  }
  return containers.map(container => {
    const [only, ...others] = digests.get(container.image) ?? [];
    return container.pulled || !only || others.length > 0
      ? container
      : { ...container, pulled: only };
  });
}
