import {
  field,
  items,
  type KubernetesObject,
  text,
  timestamp,
} from '../kubernetes/KubernetesObject';
import { addAmounts, type Amounts, parseQuantity } from './quantities';
import { podAmounts } from './resources';
import { type Controller, recordEvent, type World } from './World';
import {
  type Condition,
  isFinished,
  type Pod,
  type Toleration,
} from './workloadTypes';

const ONE = 1000;

/** Why a node cannot take a pod; `final` when no removal of other pods would help. */
interface Refusal {
  reasons: string[];
  final: boolean;
}

/** Gives every pod a node, or says in the scheduler's own words why none fits. */
export const schedulePods: Controller = world => {
  const { store } = world;
  const nodes = store.list('nodes');
  const pending = store
    .list<Pod>('pods')
    .filter(pod => !pod.spec.nodeName && !isFinished(pod));
  // First come, first served.
  pending.sort((one, other) =>
    one.metadata.creationTimestamp.localeCompare(
      other.metadata.creationTimestamp,
    ),
  );
  for (const pod of pending) {
    const candidates = nodes.map(node => ({
      node,
      used: usedOn(world, node),
      refusal: refusalOf(world, node, pod),
    }));
    const [best] = candidates
      .filter(({ refusal }) => !refusal)
      .sort((one, other) => load(one) - load(other));
    if (best) {
      bind(world, pod, best.node.metadata.name);
    } else {
      refuse(
        world,
        pod,
        candidates
          .map(({ refusal }) => refusal)
          .filter(refusal => refusal !== undefined),
      );
    }
  }
};

function usedOn({ store }: World, node: KubernetesObject): Amounts {
  return store
    .list<Pod>('pods')
    .filter(pod => pod.spec.nodeName === node.metadata.name && !isFinished(pod))
    .map(pod => addAmounts(podAmounts(pod.spec, 'requests'), { pods: ONE }))
    .reduce(addAmounts, {});
}

function load({
  node,
  used,
}: {
  node: KubernetesObject;
  used: Amounts;
}): number {
  return (used.cpu ?? 0) / parseQuantity(field(node, 'status.allocatable.cpu'));
}

function refusalOf(
  world: World,
  node: KubernetesObject,
  pod: Pod,
): Refusal | undefined {
  if (!tolerates(pod, node)) {
    return { reasons: ['node(s) had untolerated taint(s)'], final: true };
  }
  const labels = node.metadata.labels ?? {};
  if (
    Object.entries(pod.spec.nodeSelector ?? {}).some(
      ([name, value]) => labels[name] !== value,
    )
  ) {
    return {
      reasons: ["node(s) didn't match Pod's node affinity/selector"],
      final: true,
    };
  }
  const used = usedOn(world, node);
  const allocatable = (field(node, 'status.allocatable') ?? {}) as Record<
    string,
    string
  >;
  const wanted = podAmounts(pod.spec, 'requests');
  const short = Object.keys(wanted).filter(
    name =>
      wanted[name] > 0 &&
      (used[name] ?? 0) + wanted[name] > parseQuantity(allocatable[name]),
  );
  return short.length > 0
    ? {
        reasons: short.map(name => `Insufficient ${name}`),
        final: short.some(
          name => wanted[name] > parseQuantity(allocatable[name]),
        ),
      }
    : undefined;
}

/** Whether the pod tolerates every taint that keeps pods away from the node. */
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

function bind(world: World, pod: Pod, nodeName: string): void {
  const { namespace, name } = pod.metadata;
  const time = timestamp(world.now);
  const condition: Condition = {
    type: 'PodScheduled',
    status: 'True',
    lastProbeTime: null,
    lastTransitionTime: time,
  };
  world.store.update({
    ...pod,
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, phase: 'Pending', conditions: [condition] },
  });
  recordEvent(world, pod, {
    reason: 'Scheduled',
    message: `Successfully assigned ${namespace}/${name} to ${nodeName}`,
    component: 'default-scheduler',
  });
}

function refuse(world: World, pod: Pod, refusals: Refusal[]): void {
  const total = refusals.length;
  const available = `0/${total} nodes are available`;
  const unhelpful = refusals.filter(({ final }) => final).length;
  const message =
    `${available}: ${histogram(
      refusals.flatMap(({ reasons }) => reasons),
    )}. no new claims to deallocate, ` +
    `preemption: ${available}: ${histogram([
      ...Array<string>(total - unhelpful).fill(
        'No preemption victims found for incoming pod',
      ),
      ...Array<string>(unhelpful).fill(
        'Preemption is not helpful for scheduling',
      ),
    ])}.`;
  const before = pod.status?.conditions?.[0];
  world.store.setStatus(pod, {
    ...pod.status,
    conditions: [
      {
        type: 'PodScheduled',
        status: 'False',
        reason: 'Unschedulable',
        message,
        observedGeneration: pod.metadata.generation,
        lastProbeTime: null,
        lastTransitionTime: before?.lastTransitionTime ?? timestamp(world.now),
      },
    ],
  });
  recordEvent(world, pod, {
    type: 'Warning',
    reason: 'FailedScheduling',
    message,
    component: 'default-scheduler',
  });
}

/** `1 node(s) had untolerated taint(s), 2 Insufficient cpu` */
function histogram(reasons: string[]): string {
  return [...new Set(reasons)]
    .map(
      reason => `${reasons.filter(other => other === reason).length} ${reason}`,
    )
    .sort()
    .join(', ');
}
