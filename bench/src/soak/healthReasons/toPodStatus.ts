import type { ContainerStatus, PodStatus } from './scenarioSchema';

/** Expands the short form of a scenario into the status that a kubelet writes, as far as the portal reads it. */
export function toPodStatus(given: PodStatus, now: string): object {
  const { phase, reason, message, conditions, containers, init } = given;
  const { nominatedNodeName } = given;
  const ownConditions = conditions.map(condition => ({
    lastTransitionTime: now,
    ...condition,
  }));
  const types = conditions.map(({ type }) => type);
  const statuses = (statusByName: Record<string, ContainerStatus>) =>
    Object.entries(statusByName).map(([name, status]) =>
      toContainerStatus(name, status, now),
    );
  return {
    phase,
    startTime: now,
    ...(reason && { reason }),
    ...(message && { message }),
    ...(nominatedNodeName && { nominatedNodeName }),
    conditions: [
      ...ownConditions,
      ...[
        { type: 'PodScheduled', status: 'True', lastTransitionTime: now },
        { type: 'Ready', status: 'False', lastTransitionTime: now },
      ].filter(({ type }) => !types.includes(type)),
    ],
    containerStatuses: statuses(containers),
    initContainerStatuses: statuses(init),
  };
}

function toContainerStatus(
  name: string,
  {
    waiting,
    running,
    terminated,
    last,
    restarts,
    ready,
    started,
  }: ContainerStatus,
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
