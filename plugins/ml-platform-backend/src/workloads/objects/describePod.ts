import type {
  PodContainer,
  WorkloadPod,
} from '@internal/plugin-ml-platform-common';
import {
  isReadyPod,
  type Container,
  type ContainerStatus,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { describeExit } from '../health/describeExit';
import { podContainers } from '../health/podContainers';
import type { PodContext } from '../health/PodContext';
import { podReason } from '../health/podReason';

/** Describes a pod with its containers, and why it is not ready. */
export function describePod(pod: Pod, context: PodContext): WorkloadPod {
  const { metadata, spec, status } = pod;
  const { initContainers = [], containers } = spec;
  const specs = new Map(
    [...initContainers, ...containers].map(each => [each.name, each]),
  );
  return {
    name: metadata.name,
    owner: metadata.ownerReferences?.[0]?.uid,
    phase: metadata.deletionTimestamp
      ? 'Terminating'
      : status.phase ?? 'Unknown',
    ready: isReadyPod(pod),
    reason: podReason(pod, context),
    node: spec.nodeName,
    createdAt: metadata.creationTimestamp,
    containers: podContainers(pod).map(({ role, status: each }) =>
      describeContainer(role, each, specs.get(each.name)),
    ),
  };
}

function describeContainer(
  role: PodContainer['role'],
  status: ContainerStatus,
  spec: Container | undefined,
): PodContainer {
  const { state = {}, lastState } = status;
  return {
    name: status.name,
    role,
    image: status.image ?? spec?.image,
    state: stateOf(state),
    reason: state.waiting?.reason ?? state.terminated?.reason,
    ready: status.ready,
    restarts: status.restartCount,
    lastExit: lastExit(state.terminated, lastState?.terminated),
    requests: quantities(spec?.resources?.requests),
    limits: quantities(spec?.resources?.limits),
  };
}

function stateOf(
  state: NonNullable<ContainerStatus['state']>,
): PodContainer['state'] {
  if (state.running) return 'running';
  if (state.terminated) return 'terminated';
  return state.waiting ? 'waiting' : 'unknown';
}

type Terminated = NonNullable<
  NonNullable<ContainerStatus['state']>['terminated']
>;

function lastExit(
  now: Terminated | undefined,
  before: Terminated | undefined,
): PodContainer['lastExit'] {
  const exit = now ?? before;
  return (
    exit && {
      exitCode: exit.exitCode,
      text: describeExit(exit),
      at: exit.finishedAt ?? undefined,
      isPrevious: exit !== now,
    }
  );
}

function quantities(
  amounts: Record<string, string | number> | undefined,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(amounts ?? {}).map(([name, value]) => [name, `${value}`]),
  );
}
