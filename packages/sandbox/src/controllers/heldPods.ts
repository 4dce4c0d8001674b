import { timestamp } from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { imageProblem } from './imageRegistry';
import { environmentProblem, volumeProblems } from './podReferences';
import type { Condition, Container, Pod, PodStatus } from './workloadTypes';

/** Time that a failing pull takes. */
const PULL_MS = 2000;
const INITIAL_BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 300_000;
/** Interval in which the events of a lasting problem are counted again. */
const RETRY_MS = 60_000;

interface HoldEvent {
  type: 'Normal' | 'Warning';
  reason: string;
  message: string;
}

/** A problem that keeps the kubelet from starting a container, or all of them. */
interface Hold {
  /** Undefined when the volumes of the pod cannot be mounted. */
  container?: Container;
  waiting: { reason: string; message?: string };
  events: HoldEvent[];
  /** Time of the next change or retry. */
  next: number;
}

/**
 * Finds the problems that hold a pod whose containers could start: volumes first, then each init container, then the
 * others.
 */
export function findHolds(
  store: ObjectStore,
  pod: Pod,
  startsAt: number,
  now: number,
): Hold[] {
  const mounts = volumeProblems(store, pod);
  if (mounts.length > 0) {
    return [
      {
        waiting: { reason: 'ContainerCreating' },
        events: mounts.map(message => ({
          type: 'Warning',
          reason: 'FailedMount',
          message,
        })),
        next: now + RETRY_MS,
      },
    ];
  }
  const find = (container: Container) =>
    containerHold(store, pod, container, startsAt, now);
  const [first] = (pod.spec.initContainers ?? []).flatMap(
    container => find(container) ?? [],
  );
  return first
    ? [first]
    : pod.spec.containers.flatMap(container => find(container) ?? []);
}

/**
 * Finds the problem of a container: its image first, then its environment variables.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/images/image_manager.go, pkg/kubelet/kuberuntime/kuberuntime_container.go
 */
function containerHold(
  store: ObjectStore,
  pod: Pod,
  container: Container,
  startsAt: number,
  now: number,
): Hold | undefined {
  const { image } = container;
  const problem = imageProblem(image);
  if (problem?.reason === 'ErrImagePull') {
    return pullHold(container, problem.message, startsAt, now);
  }
  if (problem) {
    return {
      container,
      waiting: problem,
      events: [
        { type: 'Warning', reason: 'InspectFailed', message: problem.message },
        failedEvent(problem.reason),
      ],
      next: now + RETRY_MS,
    };
  }
  const message = environmentProblem(store, pod, container);
  return message === undefined
    ? undefined
    : {
        container,
        waiting: { reason: 'CreateContainerConfigError', message },
        events: [
          {
            type: 'Normal',
            reason: 'Pulled',
            message: `Container image "${image}" already present on machine and can be accessed by the pod`,
          },
          failedEvent(message),
        ],
        next: now + RETRY_MS,
      };
}

/** A failing pull, which is repeated with exponential backoff. */
function pullHold(
  container: Container,
  error: string,
  startsAt: number,
  now: number,
): Hold {
  const { image } = container;
  let start = startsAt;
  for (
    let backoff = INITIAL_BACKOFF_MS;
    now >= start + backoff;
    backoff = Math.min(backoff * 2, MAX_BACKOFF_MS)
  ) {
    start += backoff;
  }
  if (now < start + PULL_MS) {
    return {
      container,
      waiting: { reason: 'ErrImagePull', message: error },
      events: [
        {
          type: 'Normal',
          reason: 'Pulling',
          message: `Pulling image "${image}"`,
        },
        {
          type: 'Warning',
          reason: 'Failed',
          message: `Failed to pull image "${image}": ${error}`,
        },
        failedEvent('ErrImagePull'),
      ],
      next: start + PULL_MS,
    };
  }
  const message = `Back-off pulling image "${image}"`;
  return {
    container,
    waiting: {
      reason: 'ImagePullBackOff',
      message: `${message}: ErrImagePull: ${error}`,
    },
    events: [
      { type: 'Normal', reason: 'BackOff', message },
      failedEvent('ImagePullBackOff'),
    ],
    // At the end of a backoff the pull is tried again.
    next: nextPull(startsAt, now),
  };
}

function nextPull(startsAt: number, now: number): number {
  let start = startsAt;
  for (
    let backoff = INITIAL_BACKOFF_MS;
    start <= now;
    backoff = Math.min(backoff * 2, MAX_BACKOFF_MS)
  ) {
    start += backoff;
  }
  return start;
}

function failedEvent(error: string): HoldEvent {
  return { type: 'Warning', reason: 'Failed', message: `Error: ${error}` };
}

/**
 * Computes the status of a held pod from those that it had before its start and would have without the problems.
 */
export function heldStatus(
  pod: Pod,
  holds: Hold[],
  statuses: { before: PodStatus; started: PodStatus },
  now: number,
): PodStatus {
  const waitingOf = (name: string) =>
    holds.find(({ container }) => container?.name === name)?.waiting;
  const initNames = (pod.spec.initContainers ?? []).map(({ name }) => name);
  const heldInit = initNames.findIndex(waitingOf);
  const isMount = holds.some(({ container }) => !container);
  const base = isMount || heldInit >= 0 ? statuses.before : statuses.started;
  const containers = (base.containerStatuses ?? []).map(status => {
    const waiting = waitingOf(status.name);
    const { containerID, ...rest } = status;
    return waiting
      ? {
          ...rest,
          ready: false,
          started: false,
          restartCount: 0,
          state: { waiting },
          lastState: {},
        }
      : status;
  });
  const inits = initStatuses(base, statuses.started, heldInit, waitingOf);
  const unready = containers.filter(({ ready }) => !ready);
  const unstarted = isMount ? initNames : initNames.slice(heldInit);
  const isInitialized = initNames.length === 0 || (!isMount && heldInit < 0);
  const conditions: Condition[] = [
    { type: 'PodReadyToStartContainers', status: isMount ? 'False' : 'True' },
    isInitialized
      ? { type: 'Initialized', status: 'True' }
      : {
          type: 'Initialized',
          status: 'False',
          reason: 'ContainersNotInitialized',
          message: `containers with incomplete status: [${unstarted.join(
            ' ',
          )}]`,
        },
    ...['Ready', 'ContainersReady'].map(
      (type): Condition => ({
        type,
        status: 'False',
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready
          .map(({ name }) => name)
          .join(' ')}]`,
      }),
    ),
    { type: 'PodScheduled', status: 'True' },
  ];
  return {
    ...base,
    phase: 'Pending',
    conditions: conditions.map(condition => {
      const last = pod.status?.conditions?.find(
        ({ type, status }) =>
          type === condition.type && status === condition.status,
      );
      return {
        ...condition,
        lastProbeTime: null,
        lastTransitionTime: last?.lastTransitionTime ?? timestamp(now),
      };
    }),
    ...(inits && { initContainerStatuses: inits }),
    containerStatuses: containers,
  };
}

/** Statuses of init containers: those before the held one have ended. */
function initStatuses(
  base: PodStatus,
  started: PodStatus,
  held: number,
  waitingOf: (name: string) => Hold['waiting'] | undefined,
) {
  return base.initContainerStatuses?.map((status, index) => {
    const waiting = waitingOf(status.name);
    if (waiting) {
      return { ...status, state: { waiting } };
    }
    return index < held
      ? started.initContainerStatuses?.[index] ?? status
      : status;
  });
}
