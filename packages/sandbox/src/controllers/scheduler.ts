import {
  field,
  items,
  type KubernetesObject,
  text,
  timestamp,
} from '../kubernetes/KubernetesObject';
import {
  addAmounts,
  type Amounts,
  ONE_UNIT,
  parseQuantity,
} from './quantities';
import { claimProblem } from './podReferences';
import { podResources } from './podResources';
import { type Controller, type ReconcileContext } from './ReconcileContext';
import {
  type Condition,
  isFinished,
  type Pod,
  type Toleration,
} from './workloadTypes';
import { recordEvent } from './events';

/** Reasons why a node cannot run a pod. `isUnresolvable` if preempting other pods would not help. */
interface FilterFailure {
  reasons: string[];
  isUnresolvable: boolean;
}

/** Binds pods to nodes, or reports why no node fits with the messages of kube-scheduler. */
export const schedulePods: Controller = context => {
  const { store } = context;
  const nodes = store.list('nodes');
  const pending = store
    .list<Pod>('pods')
    .filter(pod => !pod.spec.nodeName && !isFinished(pod));
  // Older pods first.
  pending.sort((one, other) =>
    one.metadata.creationTimestamp.localeCompare(
      other.metadata.creationTimestamp,
    ),
  );
  for (const pod of pending) {
    const problem = claimProblem(store, pod);
    if (problem) {
      markUnschedulable(
        context,
        pod,
        nodes.map(() => ({ reasons: [], isUnresolvable: true })),
        problem,
      );
      continue;
    }
    const candidates = nodes.map(node => ({
      node,
      used: requestedOnNode(context, node),
      failure: filterNode(context, node, pod),
    }));
    const [best] = candidates
      .filter(({ failure }) => !failure)
      .sort((one, other) => cpuLoad(one) - cpuLoad(other));
    if (best) {
      bind(context, pod, best.node.metadata.name);
    } else {
      markUnschedulable(
        context,
        pod,
        candidates
          .map(({ failure }) => failure)
          .filter(failure => failure !== undefined),
      );
    }
  }
};

function requestedOnNode(
  { store }: ReconcileContext,
  node: KubernetesObject,
): Amounts {
  return store
    .list<Pod>('pods')
    .filter(pod => pod.spec.nodeName === node.metadata.name && !isFinished(pod))
    .map(pod =>
      addAmounts(podResources(pod.spec, 'requests'), { pods: ONE_UNIT }),
    )
    .reduce(addAmounts, {});
}

function cpuLoad({
  node,
  used,
}: {
  node: KubernetesObject;
  used: Amounts;
}): number {
  return (used.cpu ?? 0) / parseQuantity(field(node, 'status.allocatable.cpu'));
}

function filterNode(
  context: ReconcileContext,
  node: KubernetesObject,
  pod: Pod,
): FilterFailure | undefined {
  if (!tolerates(pod, node)) {
    return {
      reasons: ['node(s) had untolerated taint(s)'],
      isUnresolvable: true,
    };
  }
  const labels = node.metadata.labels ?? {};
  if (
    Object.entries(pod.spec.nodeSelector ?? {}).some(
      ([name, value]) => labels[name] !== value,
    )
  ) {
    return {
      reasons: ["node(s) didn't match Pod's node affinity/selector"],
      isUnresolvable: true,
    };
  }
  const used = requestedOnNode(context, node);
  const allocatable = (field(node, 'status.allocatable') ?? {}) as Record<
    string,
    string
  >;
  const requested = podResources(pod.spec, 'requests');
  const insufficient = Object.keys(requested).filter(
    name =>
      requested[name] > 0 &&
      (used[name] ?? 0) + requested[name] > parseQuantity(allocatable[name]),
  );
  return insufficient.length > 0
    ? {
        reasons: insufficient.map(name => `Insufficient ${name}`),
        isUnresolvable: insufficient.some(
          name => requested[name] > parseQuantity(allocatable[name]),
        ),
      }
    : undefined;
}

/** Returns true if a pod tolerates all taints of a node that prevent scheduling. */
export function tolerates(
  pod: { spec: { tolerations?: Toleration[] } },
  node: KubernetesObject,
): boolean {
  return items(node, 'spec.taints')
    .filter(taint => taint.effect !== 'PreferNoSchedule')
    .every(taint =>
      (pod.spec.tolerations ?? []).some(
        ({ key, operator, value, effect }) =>
          (key === undefined || key === taint.key) &&
          (!effect || effect === taint.effect) &&
          (operator === 'Exists' || (value ?? '') === text(taint, 'value')),
      ),
    );
}

function bind(context: ReconcileContext, pod: Pod, nodeName: string): void {
  const { namespace, name } = pod.metadata;
  const time = timestamp(context.now);
  const condition: Condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: time,
  };
  context.store.update({
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, phase: 'Pending', conditions: [condition] },
  });
  recordEvent(context, pod, {
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
    component: 'default-scheduler',
  });
}

function markUnschedulable(
  context: ReconcileContext,
  pod: Pod,
  failures: FilterFailure[],
  /** A reason that holds for all nodes. */
  reason = histogram(failures.flatMap(({ reasons }) => reasons)),
): void {
  const total = failures.length;
  const available = `0/${total} nodes are available`;
  const unresolvable = failures.filter(
    ({ isUnresolvable }) => isUnresolvable,
  ).length;
  const message =
    `${available}: ${reason}. no new claims to deallocate, ` +
    `preemption: ${available}: ${histogram([
      ...Array<string>(total - unresolvable).fill(
        'No preemption victims found for incoming pod',
      ),
      ...Array<string>(unresolvable).fill(
        'Preemption is not helpful for scheduling',
      ),
    ])}.`;
  const before = pod.status?.conditions?.[0];
  context.store.setStatus(pod, {
    ...pod.status,
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
        observedGeneration: pod.metadata.generation,
        lastProbeTime: null,
        lastTransitionTime:
          before?.lastTransitionTime ?? timestamp(context.now),
      },
    ],
  });
  recordEvent(context, pod, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    component: 'default-scheduler',
  });
}

/** Counts reasons, for example `1 node(s) had untolerated taint(s), 2 Insufficient cpu`. */
function histogram(reasons: string[]): string {
  return [...new Set(reasons)]
    .map(
      reason => `${reasons.filter(other => other === reason).length} ${reason}`,
    )
    .sort()
    .join(', ');
}
