import { createHash } from 'node:crypto';
import { timestamp } from '../kubernetes/KubernetesObject';
import { goDuration } from './goDuration';
import type {
  Condition,
  Container,
  ContainerStatus,
  Pod,
  PodStatus,
} from './workloadTypes';

/** Label that simulates a failure: `crash` (exit at once), `fail` (exit after the run time) or `hang` (never ready). */
const OUTCOME_LABEL = 'simulation.ml-platform.io/outcome';
/** Annotation with the run time of containers that terminate. */
const RUN_SECONDS_ANNOTATION = 'simulation.ml-platform.io/run-seconds';

const DEFAULT_RUN_SECONDS = 5;
/** Time from scheduling to running. Timestamps have whole seconds, so this appears as 0.5 s to 1.5 s. */
const STARTUP_MS = 1500;
const INITIAL_BACKOFF_MS = 10_000;
const MAX_BACKOFF_MS = 300_000;

/** Simulated behavior of each run of a pod's containers. */
interface ContainerBehavior {
  /** Milliseconds until a container exits; Infinity for long-running containers. */
  runtime: number;
  exitCode: number;
  becomesReady: boolean;
  restarts: (exitCode: number) => boolean;
}

/** Annotation of a pod that could not start at first, with the time at which it could. */
export const HELD_UNTIL_ANNOTATION = 'simulation.ml-platform.io/held-until';

/** Returns the time at which the containers of a scheduled pod start. */
export function startTimeOf(pod: Pod): number {
  const scheduled = pod.status?.conditions?.find(
    ({ type }) => type === 'PodScheduled',
  );
  const heldUntil = pod.metadata.annotations?.[HELD_UNTIL_ANNOTATION];
  return heldUntil
    ? Date.parse(heldUntil)
    : Date.parse(scheduled?.lastTransitionTime ?? '') + STARTUP_MS;
}

/** Computes the status of a scheduled pod at a time, and the time of its next change. Depends on the pod alone. */
export function podStatusAt(
  pod: Pod,
  node: { name: string; address: string },
  now: number,
): { status: PodStatus; next: number } {
  const conditions = pod.status?.conditions ?? [];
  const scheduled = conditions.find(({ type }) => type === 'PodScheduled');
  const scheduledAt = Date.parse(scheduled?.lastTransitionTime ?? '');
  const startsAt = startTimeOf(pod);
  const plan = containerBehavior(pod);
  const { containers, initContainers = [] } = pod.spec;
  const results = containers.map(container =>
    containerStatusAt(pod, container, plan, startsAt, now),
  );
  const statuses = results.map(({ status }) => status);
  const phase = phaseOf(statuses, now >= startsAt);
  const unready = statuses
    .filter(({ ready }) => !ready)
    .map(({ name }) => name);
  const started = now >= startsAt;
  const isDone = phase === 'Succeeded' || phase === 'Failed';
  const readiness = readinessOf(unready, phase);
  const nextConditions: Condition[] = [
    {
      type: 'PodReadyToStartContainers',
      status: started && !isDone ? 'True' : 'False',
    },
    {
      type: 'Initialized',
      status: 'True',
      ...(phase === 'Succeeded' && { reason: 'PodCompleted' }),
    },
    { type: 'Ready', ...readiness },
    { type: 'ContainersReady', ...readiness },
    { type: 'PodScheduled', status: 'True' },
  ];
  const address = `10.244.${uidByte(pod, 0)}.${uidByte(pod, 1)}`;
  const status: PodStatus = {
    phase,
    conditions: nextConditions.map(condition => {
      const before = conditions.find(({ type }) => type === condition.type);
      const same = before?.status === condition.status;
      return {
        ...condition,
        lastProbeTime: null,
        lastTransitionTime: same ? before.lastTransitionTime : timestamp(now),
      };
    }),
    hostIP: node.address,
    hostIPs: [{ ip: node.address }],
    ...(started && { podIP: address, podIPs: [{ ip: address }] }),
    startTime: timestamp(scheduledAt),
    ...(initContainers.length > 0 && {
      initContainerStatuses: initContainers.map(container =>
        initContainerStatus(pod, container, startsAt, started),
      ),
    }),
    containerStatuses: statuses,
    qosClass: pod.status?.qosClass,
  };
  return { status, next: Math.min(...results.map(({ next }) => next)) };
}

function containerBehavior(pod: Pod): ContainerBehavior {
  const outcome = pod.metadata.labels?.[OUTCOME_LABEL];
  const restartPolicy = pod.spec.restartPolicy ?? 'Always';
  const annotated = Number(pod.metadata.annotations?.[RUN_SECONDS_ANNOTATION]);
  const runSeconds = annotated > 0 ? annotated : DEFAULT_RUN_SECONDS;
  const ends =
    outcome === 'crash' ||
    outcome === 'fail' ||
    (restartPolicy !== 'Always' && outcome !== 'hang');
  return {
    runtime: ends ? (outcome === 'crash' ? 1 : runSeconds) * 1000 : Infinity,
    exitCode: outcome === 'crash' || outcome === 'fail' ? 1 : 0,
    // A service in a crash loop never passes its readiness probe.
    becomesReady: outcome !== 'hang' && !(ends && restartPolicy === 'Always'),
    restarts: exitCode =>
      restartPolicy === 'Always' ||
      (restartPolicy === 'OnFailure' && exitCode !== 0),
  };
}

function containerStatusAt(
  pod: Pod,
  container: Container,
  plan: ContainerBehavior,
  startsAt: number,
  now: number,
): { status: ContainerStatus; next: number } {
  const status = (
    restartCount: number,
    ready: boolean,
    state: ContainerStatus['state'],
    lastState: object,
  ) => ({
    name: container.name,
    image: container.image,
    imageID: '',
    ready,
    started: state.running !== undefined,
    restartCount,
    state,
    lastState,
    ...(!state.waiting && {
      containerID: containerId(pod, container, restartCount),
    }),
  });
  if (now < startsAt) {
    return {
      status: status(
        0,
        false,
        { waiting: { reason: 'ContainerCreating' } },
        {},
      ),
      next: startsAt,
    };
  }
  let start = startsAt;
  let lastState = {};
  for (let restarts = 0; ; restarts++) {
    const end = start + plan.runtime;
    if (now < end) {
      const running = { startedAt: timestamp(start) };
      return {
        status: status(restarts, plan.becomesReady, { running }, lastState),
        next: end,
      };
    }
    const terminated = {
      exitCode: plan.exitCode,
      reason: plan.exitCode === 0 ? 'Completed' : 'Error',
      startedAt: timestamp(start),
      finishedAt: timestamp(end),
      containerID: containerId(pod, container, restarts),
    };
    if (!plan.restarts(plan.exitCode)) {
      return {
        status: status(restarts, false, { terminated }, lastState),
        next: Infinity,
      };
    }
    lastState = { terminated };
    const backoff =
      restarts === 0
        ? 0
        : Math.min(INITIAL_BACKOFF_MS * 2 ** (restarts - 1), MAX_BACKOFF_MS);
    start = end + backoff;
    if (now < start) {
      const { namespace, name, uid } = pod.metadata;
      const waiting = {
        reason: 'CrashLoopBackOff',
        message: `back-off ${goDuration(backoff)} restarting failed container=${
          container.name
        } pod=${name}_${namespace}(${uid})`,
      };
      return {
        status: status(restarts, false, { waiting }, lastState),
        next: start,
      };
    }
  }
}

function initContainerStatus(
  pod: Pod,
  container: Container,
  startsAt: number,
  started: boolean,
) {
  const at = timestamp(startsAt);
  return {
    name: container.name,
    image: container.image,
    imageID: '',
    ready: started,
    started: false,
    restartCount: 0,
    lastState: {},
    state: started
      ? {
          terminated: {
            exitCode: 0,
            reason: 'Completed',
            startedAt: at,
            finishedAt: at,
            containerID: containerId(pod, container, 0),
          },
        }
      : { waiting: { reason: 'PodInitializing' } },
  };
}

function phaseOf(
  statuses: ContainerStatus[],
  started: boolean,
): PodStatus['phase'] {
  if (!started) {
    return 'Pending';
  }
  if (statuses.some(({ state }) => !state.terminated)) {
    return 'Running';
  }
  return statuses.every(({ state }) => state.terminated?.exitCode === 0)
    ? 'Succeeded'
    : 'Failed';
}

function readinessOf(
  unready: string[],
  phase: PodStatus['phase'],
): Pick<Condition, 'status' | 'reason' | 'message'> {
  if (phase === 'Succeeded') {
    return { status: 'False', reason: 'PodCompleted' };
  }
  if (phase === 'Failed') {
    return { status: 'False', reason: 'PodFailed' };
  }
  return unready.length === 0
    ? { status: 'True' }
    : {
        status: 'False',
        reason: 'ContainersNotReady',
        message: `containers with unready status: [${unready.join(' ')}]`,
      };
}

function containerId(pod: Pod, container: Container, attempt: number): string {
  const id = createHash('sha256').update(
    `${pod.metadata.uid}/${container.name}/${attempt}`,
  );
  return `containerd://${id.digest('hex')}`;
}

function uidByte(pod: Pod, index: number): number {
  return createHash('sha256').update(pod.metadata.uid).digest()[index];
}
