import type { Fields } from '../kubernetes/KubernetesObject';
import { createPod, deletePod, templateHash } from './pods';
import { type Controller, type ReconcileContext } from './ReconcileContext';
import {
  isFinished,
  isReady,
  type Pod,
  type StatefulSet,
} from './workloadTypes';
import { recordEvent } from './events';

const STATEFUL_SET_CONTROLLER = 'statefulset-controller';
const REVISION_LABEL = 'controller-revision-hash';

/** Creates, updates and deletes the pods of StatefulSets in order. */
export const reconcileStatefulSets: Controller = context => {
  for (const set of context.store.list<StatefulSet>('statefulsets')) {
    const updateRevision = `${set.metadata.name}-${templateHash(
      set.spec.template,
    )}`;
    reconcilePods(context, set, updateRevision);
    context.store.setStatus(
      set,
      statefulSetStatus(context, set, updateRevision),
    );
  }
};

function podsOf(context: ReconcileContext, set: StatefulSet): Pod[] {
  return context.store
    .list<Pod>('pods', { owner: set.metadata.uid })
    .filter(pod => !isFinished(pod));
}

/** Performs one step; a pod is changed only when its predecessors are ready. */
function reconcilePods(
  context: ReconcileContext,
  set: StatefulSet,
  updateRevision: string,
): void {
  const { name } = set.metadata;
  const { replicas, podManagementPolicy } = set.spec;
  const pods = podsOf(context, set);
  const find = (ordinal: number) =>
    pods.find(pod => pod.metadata.name === `${name}-${ordinal}`);
  for (let ordinal = 0; ordinal < replicas; ordinal++) {
    const pod = find(ordinal);
    if (!pod) {
      createOrdinalPod(context, set, ordinal, updateRevision);
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
  // Replace an outdated pod that is not ready: waiting for it would block the update that repairs it.
  const stuck = outdated.find(pod => !isReady(pod));
  const removed = last ?? stuck;
  if (removed) {
    deletePod(context, set, removed, STATEFUL_SET_CONTROLLER);
  }
}

function ordinalOf(pod: Pod): number {
  return Number(pod.metadata.name.split('-').pop());
}

function createOrdinalPod(
  context: ReconcileContext,
  set: StatefulSet,
  ordinal: number,
  updateRevision: string,
): void {
  const { store } = context;
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
      recordEvent(context, set, {
        reason: 'SuccessfulCreate',
        message: `create Claim ${claim} Pod ${podName} in StatefulSet ${name} success`,
        component: STATEFUL_SET_CONTROLLER,
      });
    }
  }
  createPod(context, set, {
    template: set.spec.template,
    component: STATEFUL_SET_CONTROLLER,
    name: podName,
    labels: {
      'apps.kubernetes.io/pod-index': String(ordinal),
      'statefulset.kubernetes.io/pod-name': podName,
      [REVISION_LABEL]: updateRevision,
    },
  });
}

function statefulSetStatus(
  context: ReconcileContext,
  set: StatefulSet,
  updateRevision: string,
): Fields {
  const pods = podsOf(context, set);
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
