import {
  items,
  type Fields,
  type KubernetesObject,
  text,
  timestamp,
} from '../kubernetes/KubernetesObject';
import { findHolds, heldStatus } from './heldPods';
import {
  HELD_UNTIL_ANNOTATION,
  podStatusAt,
  startTimeOf,
} from './podLifecycle';
import { type Controller, type ReconcileContext } from './ReconcileContext';
import { isFinished, type Pod } from './workloadTypes';
import { recordEvent } from './events';

/** Reasons of events that only a pod has that could not start. */
const HOLD_REASONS = ['Failed', 'FailedMount', 'InspectFailed'];

/** Simulates the kubelets: updates the statuses of scheduled pods as their containers start, end and restart. */
export const reconcilePodStatuses: Controller = context => {
  for (const pod of context.store.list<Pod>('pods')) {
    const node = context.store.get('nodes', undefined, pod.spec.nodeName ?? '');
    if (node && !isFinished(pod)) {
      reconcilePodStatus(context, pod, node);
    }
  }
};

function reconcilePodStatus(
  context: ReconcileContext,
  pod: Pod,
  node: KubernetesObject,
): void {
  const { store, now, requeueAt } = context;
  const { name } = node.metadata;
  const statusAt = (object: Pod, time: number) =>
    podStatusAt(object, { name, address: nodeAddress(node) }, time);
  const startsAt = startTimeOf(pod);
  const holds =
    now < startsAt || hasStarted(pod)
      ? []
      : findHolds(store, pod, startsAt, now);
  if (holds.length > 0) {
    const before = statusAt(pod, startsAt - 1).status;
    const started = statusAt(pod, now).status;
    const status = heldStatus(pod, holds, { before, started }, now);
    store.setStatus(pod, status as unknown as Fields);
    recordHoldEvents(context, pod, holds, name);
    holds.forEach(({ next }) => requeueAt(next));
    return;
  }
  const released = wasHeld(context, pod) ? release(context, pod) : pod;
  const { status, next } = statusAt(released, now);
  store.setStatus(released, status as unknown as Fields);
  recordContainerEvents(context, pod, status.containerStatuses ?? [], name);
  if (next !== Infinity) {
    requeueAt(next);
  }
}

/** Returns true once all containers of a pod have run. */
function hasStarted(pod: Pod): boolean {
  const statuses = pod.status?.containerStatuses ?? [];
  return (
    statuses.length > 0 &&
    statuses.every(
      ({ state, restartCount }) => !state.waiting || restartCount > 0,
    )
  );
}

/** Returns true for a pod that a problem, which is solved now, kept from its start. */
function wasHeld({ store }: ReconcileContext, pod: Pod): boolean {
  if (hasStarted(pod) || pod.metadata.annotations?.[HELD_UNTIL_ANNOTATION]) {
    return false;
  }
  const { namespace, uid } = pod.metadata;
  return store
    .list('events', { namespace })
    .some(
      event =>
        text(event, 'involvedObject.uid') === uid &&
        HOLD_REASONS.includes(String(event.reason)),
    );
}

function release({ store, now }: ReconcileContext, pod: Pod): Pod {
  const annotations = {
    ...pod.metadata.annotations,
    [HELD_UNTIL_ANNOTATION]: timestamp(now),
  };
  return store.update({ ...pod, metadata: { ...pod.metadata, annotations } });
}

/** Records the events of a problem when it appears, changes or is tried again. */
function recordHoldEvents(
  context: ReconcileContext,
  pod: Pod,
  holds: ReturnType<typeof findHolds>,
  host: string,
): void {
  for (const { container, events } of holds) {
    const isInit = pod.spec.initContainers?.some(
      ({ name }) => name === container?.name,
    );
    const list = isInit ? 'initContainers' : 'containers';
    for (const event of events) {
      recordEvent(context, pod, {
        ...event,
        component: 'kubelet',
        host,
        ...(container && { fieldPath: `spec.${list}{${container.name}}` }),
      });
    }
  }
}

function nodeAddress(node: KubernetesObject): string {
  return String(items(node, 'status.addresses')[0]?.address ?? '');
}

/** Records the events of container state changes. */
function recordContainerEvents(
  context: ReconcileContext,
  pod: Pod,
  statuses: NonNullable<NonNullable<Pod['status']>['containerStatuses']>,
  host: string,
): void {
  for (const { name, state, restartCount } of statuses) {
    const before = pod.status?.containerStatuses?.find(
      status => status.name === name,
    );
    const image = pod.spec.containers.find(
      container => container.name === name,
    )?.image;
    const record = (reason: string, message: string, type?: 'Warning') =>
      recordEvent(context, pod, {
        type,
        reason,
        message,
        component: 'kubelet',
        host,
        fieldPath: `spec.containers{${name}}`,
      });
    const isNew =
      before?.restartCount !== restartCount ||
      (!before.state.running && !before.state.terminated);
    if ((state.running || state.terminated) && isNew) {
      record(
        'Pulled',
        `Container image "${image}" already present on machine and can be accessed by the pod`,
      );
      record('Created', 'Container created');
      record('Started', 'Container started');
    }
    if (
      state.waiting?.reason === 'CrashLoopBackOff' &&
      !before?.state.waiting
    ) {
      const { namespace, uid } = pod.metadata;
      record(
        'BackOff',
        `Back-off restarting failed container ${name} in pod ${pod.metadata.name}_${namespace}(${uid})`,
        'Warning',
      );
    }
  }
}
