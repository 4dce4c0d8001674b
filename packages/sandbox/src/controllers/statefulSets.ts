import type { Fields } from '../kubernetes/KubernetesObject';
import { createPod, deletePod, templateHash } from './pods';
import { type Controller, recordEvent, type World } from './World';
import {
  isFinished,
  isReady,
  type Pod,
  type StatefulSet,
} from './workloadTypes';

const COMPONENT = 'statefulset-controller';
const REVISION_LABEL = 'controller-revision-hash';

/** Keeps the numbered pods of every StatefulSet, one after the other. */
export const reconcileStatefulSets: Controller = world => {
  for (const set of world.store.list<StatefulSet>('statefulsets')) {
    const updateRevision = `${set.metadata.name}-${templateHash(
      set.spec.template,
    )}`;
    step(world, set, updateRevision);
    world.store.setStatus(set, statusOf(world, set, updateRevision));
  }
};

function podsOf(world: World, set: StatefulSet): Pod[] {
  return world.store
    .list<Pod>('pods', { owner: set.metadata.uid })
    .filter(pod => !isFinished(pod));
}

/** One change at a time, and only when the pods before are ready. */
function step(world: World, set: StatefulSet, updateRevision: string): void {
  const { name } = set.metadata;
  const { replicas, podManagementPolicy } = set.spec;
  const pods = podsOf(world, set);
  const find = (ordinal: number) =>
    pods.find(pod => pod.metadata.name === `${name}-${ordinal}`);
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const pod = find(ordinal);
    if (!pod) {
      createNumbered(world, set, ordinal, updateRevision);
    }
    if ((!pod || !isReady(pod)) && podManagementPolicy !== 'Parallel') {
      break;
    }
  }
  const surplus = pods.filter(pod => ordinalOf(pod) >= replicas);
  const outdated = pods.filter(
    pod => pod.metadata.labels?.[REVISION_LABEL] !== updateRevision,
  );
  const allReady = pods.length === replicas && pods.every(isReady);
  const [last] = [...surplus, ...(allReady ? outdated : [])].sort(
    (one, other) => ordinalOf(other) - ordinalOf(one),
  );
  // An outdated pod that does not get ready would block its own repair.
  const stuck = outdated.find(pod => !isReady(pod));
  const removed = last ?? stuck;
  if (removed) {
    deletePod(world, set, removed, COMPONENT);
  }
}

function ordinalOf(pod: Pod): number {
  return Number(pod.metadata.name.split('-').pop());
}

function createNumbered(
  world: World,
  set: StatefulSet,
  ordinal: number,
  updateRevision: string,
): void {
  const { store } = world;
  const { name, namespace } = set.metadata;
  const podName = `${name}-${ordinal}`;
  for (const { metadata, spec } of set.spec.volumeClaimTemplates ?? []) {
    const claim = `${metadata.name}-${podName}`;
    if (!store.get('persistentvolumeclaims', namespace, claim)) {
      store.create({
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        metadata: {
          name: claim,
          namespace,
          labels: set.spec.template.metadata?.labels,
        },
        spec,
      });
      recordEvent(world, set, {
        reason: 'SuccessfulCreate',
        message: `create Claim ${claim} Pod ${podName} in StatefulSet ${name} success`,
        component: COMPONENT,
      });
    }
  }
  createPod(world, set, {
    template: set.spec.template,
    component: COMPONENT,
    name: podName,
    labels: {
      'apps.kubernetes.io/pod-index': String(ordinal),
      'statefulset.kubernetes.io/pod-name': podName,
      [REVISION_LABEL]: updateRevision,
    },
  });
}

function statusOf(
  world: World,
  set: StatefulSet,
  updateRevision: string,
): Fields {
  const pods = podsOf(world, set);
  const ready = pods.filter(isReady).length;
  const updated = pods.filter(
    pod => pod.metadata.labels?.[REVISION_LABEL] === updateRevision,
  ).length;
  const isComplete =
    updated === set.spec.replicas &&
    ready === updated &&
    pods.length === updated;
  return {
    observedGeneration: set.metadata.generation,
    replicas: pods.length,
    readyReplicas: ready,
    availableReplicas: ready,
    currentReplicas: isComplete ? updated : pods.length - updated,
    updatedReplicas: updated,
    currentRevision: isComplete
      ? updateRevision
      : set.status?.currentRevision ?? updateRevision,
    updateRevision,
    collisionCount: 0,
  };
}
