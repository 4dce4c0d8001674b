import type { ContainerRole } from '@internal/plugin-ml-platform-common';
import {
  isActivePod,
  parseDigest,
  workloadOf,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { appended } from './appended';
import {
  containersOf,
  isEndedJob,
  podSpecOf,
  type PodSpecFields,
} from './podSpecFields';

/** A container of a pod, or of a template without pods. Containers that are equal in these fields are one. */
export interface ImageContainer {
  workload?: string;
  container: string;
  role: ContainerRole;
  /** Image reference of the pod or template. */
  image: string;
  /** Digest that the node reports; absent until it has pulled the image. */
  pulled?: string;
  /** False for a template that no pod runs: zero replicas, or a CronJob between its runs. */
  hasPods: boolean;
  /** `<kind>/<name>` of the resources under which trivy-operator can have scanned it. */
  resources: readonly string[];
}

/** Objects of a namespace that run containers, with the owners of its pods. */
export interface ContainerSources {
  pods: StoredObject[];
  /** All controllers of pods; their templates count while no pod runs them. */
  owners: StoredObject[];
}

interface ContainerStatusFields {
  name?: string;
  imageID?: string;
}

interface PodStatusFields {
  containerStatuses?: ContainerStatusFields[];
  initContainerStatuses?: ContainerStatusFields[];
  ephemeralContainerStatuses?: ContainerStatusFields[];
}

type ByUid = ReadonlyMap<string | undefined, StoredObject>;

/**
 * Controllers whose pods trivy-operator does not scan themselves. Of others, such as a RayCluster, it scans each pod.
 *
 * @see aquasecurity/trivy-operator pkg/kube/object.go IsBuiltInWorkload
 */
const BUILT_IN_CONTROLLERS = [
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
];

/** Lists the containers of active pods, of CronJobs, and of controllers that have no pods. */
export function imageContainers({
  pods,
  owners,
}: ContainerSources): ImageContainer[] {
  const found = new Map<string, ImageContainer>();
  const byUid: ByUid = new Map(
    owners.map(owner => [owner.metadata.uid, owner]),
  );
  const workloadOfObject = workloadOf(owners);
  const sharedResources = new Map<string, string[]>();
  const add = (
    object: StoredObject,
    spec: PodSpecFields | undefined,
    scanned: string[],
    pulled?: ReadonlyMap<string, string>,
  ) => {
    const workload = workloadOfObject(object);
    const resources = sharedResources.get(scanned.join()) ?? scanned;
    sharedResources.set(scanned.join(), resources);
    for (const { name, image, role } of containersOf(spec)) {
      const each: Omit<ImageContainer, 'resources'> = {
        workload,
        container: name,
        role,
        image,
        pulled: pulled?.get(name),
        hasPods: pulled !== undefined,
      };
      const key = JSON.stringify([each, resources[0]]);
      if (image && !found.has(key)) {
        found.set(key, { ...each, resources });
      }
    }
  };
  const running = new Set<string | undefined>();
  for (const pod of pods) {
    if (isActivePod(pod)) {
      ancestorsOf(pod, byUid).forEach(uid => running.add(uid));
      add(pod, podSpecOf(pod), scannedAs(pod, byUid), pulledDigests(pod));
    }
  }
  const children = childrenByOwner(owners);
  for (const template of owners) {
    if (isIdle(template, running, byUid)) {
      add(template, podSpecOf(template), [
        resourceName(template),
        // trivy-operator scans the ReplicaSet of a Deployment.
        ...(children.get(template.metadata.uid ?? '') ?? []).map(resourceName),
      ]);
    }
  }
  return withPulled([...found.values()]);
}

/**
 * Checks if a change of a pod can change its containers; most changes are about readiness and restarts. The store interns
 * equal parts, so comparing references is enough.
 */
export function changesContainers(
  before: StoredObject | undefined,
  after: StoredObject | undefined,
): boolean {
  if (!before || !after || isActivePod(before) !== isActivePod(after)) {
    return true;
  }
  return (
    before.metadata.uid !== after.metadata.uid ||
    before.metadata.labels !== after.metadata.labels ||
    before.metadata.ownerReferences !== after.metadata.ownerReferences ||
    !hasSameContainers(before, after) ||
    String([...pulledDigests(before)]) !== String([...pulledDigests(after)])
  );
}

/** Checks if a change of a controller can change the containers of its pods, their workload, or its template's. */
export function changesTemplate(
  before: StoredObject | undefined,
  after: StoredObject | undefined,
): boolean {
  return (
    before?.metadata.uid !== after?.metadata.uid ||
    before?.metadata.labels !== after?.metadata.labels ||
    (before !== undefined &&
      after !== undefined &&
      (!hasSameContainers(before, after) ||
        isEndedJob(before) !== isEndedJob(after)))
  );
}

function hasSameContainers(before: StoredObject, after: StoredObject): boolean {
  const a = podSpecOf(before);
  const b = podSpecOf(after);
  return (
    a?.containers === b?.containers &&
    a?.initContainers === b?.initContainers &&
    a?.ephemeralContainers === b?.ephemeralContainers
  );
}

/**
 * Checks that no pod stands for a controller's template. A CronJob's next run uses its template, whatever runs now. Of a
 * ReplicaSet of a Deployment, or a Job of a CronJob, only the owner's template counts.
 */
function isIdle(
  controller: StoredObject,
  running: ReadonlySet<string | undefined>,
  byUid: ByUid,
): boolean {
  const { kind, metadata } = controller;
  const isOwned = metadata.ownerReferences?.some(({ uid }) => byUid.has(uid));
  return (
    kind === 'CronJob' ||
    (!isOwned && !running.has(metadata.uid) && !isEndedJob(controller))
  );
}

function childrenByOwner(owners: StoredObject[]): Map<string, StoredObject[]> {
  const children = new Map<string, StoredObject[]>();
  for (const owner of owners) {
    for (const { uid } of owner.metadata.ownerReferences ?? []) {
      children.set(uid, appended(children.get(uid), owner));
    }
  }
  return children;
}

function resourceName({ kind, metadata }: StoredObject): string {
  return `${kind}/${metadata.name}`;
}

/** Uids of an object's owners, and of theirs. */
function ancestorsOf({ metadata }: StoredObject, byUid: ByUid): string[] {
  return (metadata.ownerReferences ?? []).flatMap(({ uid }) => [
    uid,
    ...(byUid.get(uid)?.metadata.ownerReferences ?? []).map(owner => owner.uid),
  ]);
}

function pulledDigests({ status }: StoredObject): Map<string, string> {
  const {
    containerStatuses = [],
    initContainerStatuses = [],
    ephemeralContainerStatuses = [],
  } = (status ?? {}) as PodStatusFields;
  const digests = new Map<string, string>();
  for (const { name, imageID } of [
    ...initContainerStatuses,
    ...containerStatuses,
    ...ephemeralContainerStatuses,
  ]) {
    const digest = parseDigest(imageID);
    if (name && digest) {
      digests.set(name, digest);
    }
  }
  return digests;
}

/** Scanned resource of a pod: its controller, or itself; for a Job of a CronJob, the CronJob. */
function scannedAs(pod: StoredObject, byUid: ByUid): string[] {
  const owners = pod.metadata.ownerReferences ?? [];
  const ofOwners = owners.flatMap(({ kind, name, uid }) => [
    `${kind}/${name}`,
    ...(byUid.get(uid)?.metadata.ownerReferences ?? []).map(
      owner => `${owner.kind}/${owner.name}`,
    ),
  ]);
  return owners.some(({ kind }) => BUILT_IN_CONTROLLERS.includes(kind))
    ? ofOwners
    : [resourceName(pod), ...ofOwners];
}

/** Assumes, for containers whose image is not pulled yet, the digest that the namespace pulled under the same name. */
function withPulled(containers: ImageContainer[]): ImageContainer[] {
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
