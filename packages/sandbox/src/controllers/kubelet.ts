import {
  items,
  type Fields,
  type KubernetesObject,
} from '../kubernetes/KubernetesObject';
import { podStatusAt } from './podLifecycle';
import { type Controller, type ReconcileContext } from './ReconcileContext';
import { isFinished, type Pod } from './workloadTypes';
import { recordEvent } from './events';

/** Simulates the kubelets: updates the statuses of scheduled pods as their containers start, end and restart. */
export const reconcilePodStatuses: Controller = context => {
  const { store, now, requeueAt } = context;
  for (const pod of store.list<Pod>('pods')) {
    const node = store.get('nodes', undefined, pod.spec.nodeName ?? '');
    if (node && !isFinished(pod)) {
      const { name } = node.metadata;
      const { status, next } = podStatusAt(
        pod,
        { name, address: nodeAddress(node) },
        now,
      );
      store.setStatus(pod, status as unknown as Fields);
      recordContainerEvents(context, pod, status.containerStatuses ?? [], name);
      if (next !== Infinity) {
        requeueAt(next);
      }
    }
  }
};

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
