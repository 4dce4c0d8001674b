import type { ContainerRow, KubeletRow } from './rowSchema';

/** Status of a pod as the kubelet would write it at a time, without the parts that the portal does not read. */
export function podStatus(kubelet: KubeletRow, now: string): object {
  const { phase, reason, message, conditions, containers, init } = kubelet;
  const { nominatedNodeName } = kubelet;
  const given = conditions.map(condition => ({
    lastTransitionTime: now,
    ...condition,
  }));
  const types = conditions.map(({ type }) => type);
  const statuses = (rows: Record<string, ContainerRow>) =>
    Object.entries(rows).map(([name, row]) => containerStatus(name, row, now));
  return {
    phase,
    startTime: now,
    ...(reason && { reason }),
    ...(message && { message }),
    ...(nominatedNodeName && { nominatedNodeName }),
    conditions: [
      ...given,
      ...[
        { type: 'PodScheduled', status: 'True', lastTransitionTime: now },
        { type: 'Ready', status: 'False', lastTransitionTime: now },
      ].filter(({ type }) => !types.includes(type)),
    ],
    containerStatuses: statuses(containers),
    initContainerStatuses: statuses(init),
  };
}

function containerStatus(
  name: string,
  {
    waiting,
    running,
    terminated,
    last,
    restarts,
    ready,
    started,
  }: ContainerRow,
  now: string,
): object {
  const ended = (state: object) => ({
    startedAt: now,
    finishedAt: now,
    ...state,
  });
  return {
    name,
    image: 'ghcr.io/acme/app:1.0',
    imageID: '',
    ready,
    restartCount: restarts,
    ...(started !== undefined && { started }),
    state: {
      ...(waiting && { waiting }),
      ...(running && { running: { startedAt: now } }),
      ...(terminated && { terminated: ended(terminated) }),
    },
    lastState: last ? { terminated: ended(last) } : {},
  };
}
