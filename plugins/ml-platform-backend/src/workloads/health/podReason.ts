import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  isReadyPod,
  redactAddresses,
  type Event,
  type PersistentVolumeClaim,
  type Pod,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import { requestedAmount } from './requestedAmount';
import { claimReason } from './claimReason';
import { containerReason } from './containerReason';
import { probeReason } from './probeReason';
import { schedulingReason } from './schedulingReason';
import { VOLUME_EVENTS, volumeReason } from './volumeReason';
import { asSentence } from './formatting';

/** What else says something about a pod. */
export interface PodContext {
  /** Warning events about an object, newest first. */
  eventsOf: (object: WithMetadata) => Event[];
  claims: PersistentVolumeClaim[];
}

/** For a pod that is gone: nothing else is known. */
const NO_CONTEXT: PodContext = { eventsOf: () => [], claims: [] };

/** Why a pod does not do its work; undefined when it does. */
export function podReason(
  pod: Pod,
  around: PodContext = NO_CONTEXT,
): HealthReason | undefined {
  const reason = isReadyPod(pod)
    ? undefined
    : endReason(pod) ??
      unscheduledReason(pod, around) ??
      containersReason(pod, around) ??
      startReason(pod, around) ??
      progress(pod);
  return (
    reason && { object: { kind: 'Pod', name: pod.metadata.name }, ...reason }
  );
}

/** The kubelet or a controller ended the whole pod. */
function endReason({ status }: Pod): HealthReason | undefined {
  if (status.phase === 'Unknown' || status.reason === 'NodeLost') {
    return {
      code: 'not-ready',
      text: 'Its node does not answer. Kubernetes moves the pod when the node stays away.',
    };
  }
  const disrupted = status.conditions?.find(
    ({ type, status: value }) =>
      type === 'DisruptionTarget' && value === 'True',
  );
  const why = status.reason ?? (disrupted && (disrupted.reason ?? 'Disrupted'));
  if (status.phase !== 'Failed' || !why) {
    return undefined;
  }
  if (why === 'DeadlineExceeded') {
    return {
      code: 'deadline-exceeded',
      text: 'It ran longer than it may (activeDeadlineSeconds). Allow more time, or make it faster.',
    };
  }
  const words = redactAddresses(
    status.message ?? disrupted?.message ?? '',
  ).trim();
  const low = /low on resource: ([\w-]+)/.exec(words)?.[1];
  if (low) {
    return {
      code: 'evicted',
      text: `Removed from its node, which ran out of ${
        low === 'ephemeral-storage' ? 'temporary disk space' : low
      }. Ask for as much as it really uses.`,
    };
  }
  const limit =
    /(?:exceeds|exceeded)[^.]*limit(?: of containers)? "?([\w.]+)"?/.exec(
      words,
    );
  if (why === 'Evicted' && limit) {
    return {
      code: 'evicted',
      text: `Removed from its node: it wrote more temporary files than its limit of ${limit[1]} allows. Write less, or raise the limit.`,
    };
  }
  if (/preempt/i.test(`${why} ${words}`)) {
    return {
      code: 'evicted',
      text: 'Removed from its node to make room for something of higher priority.',
    };
  }
  return {
    code: 'evicted',
    text: asSentence(
      `Removed from its node (${why})${words ? `: ${words}` : ''}`,
    ),
  };
}

function unscheduledReason(
  pod: Pod,
  around: PodContext,
): HealthReason | undefined {
  const unscheduled = pod.status.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (!unscheduled) {
    return undefined;
  }
  if (unscheduled.reason === 'SchedulingGated') {
    return {
      code: 'queue',
      text: 'Waits until something else lets it start, for example the queue for GPUs.',
    };
  }
  const reason = schedulingReason(
    redactAddresses(unscheduled.message ?? ''),
    requestedAmount(pod.spec),
  );
  return reason.code === 'volume' ? claimReason(pod, around) ?? reason : reason;
}

function containersReason(
  pod: Pod,
  around: PodContext,
): HealthReason | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status;
  const reason = [...initContainerStatuses, ...containerStatuses]
    .map(containerReason)
    .find(candidate => candidate !== undefined);
  const probe =
    reason?.code === 'crash-loop' ? probeOf(pod, around) : undefined;
  return reason && probe
    ? { ...reason, text: `${reason.text} ${probe.text}` }
    : reason;
}

/** Events tell why nothing happens; they are old news once it does. */
function startReason(pod: Pod, around: PodContext): HealthReason | undefined {
  const { status } = pod;
  if (status.phase === 'Running') {
    return probeOf(pod, around);
  }
  for (const { reason, message } of around.eventsOf(pod)) {
    if (reason && message && VOLUME_EVENTS.includes(reason)) {
      return volumeReason(message);
    }
    if (reason === 'FailedCreatePodSandBox' && message) {
      return {
        code: 'start-failed',
        text: /assign an IP address|no available IP|IP addresses available/i.test(
          message,
        )
          ? 'Its node has no network address left for it. It is tried again; tell the platform team if this lasts.'
          : 'Its node cannot set up its network. It is tried again; tell the platform team if this lasts.',
      };
    }
  }
  return undefined;
}

function probeOf(pod: Pod, around: PodContext): HealthReason | undefined {
  return around
    .eventsOf(pod)
    .filter(({ reason }) => reason === 'Unhealthy')
    .map(({ message = '', involvedObject }) =>
      probeReason(
        message,
        /\{([^}]+)\}/.exec(involvedObject.fieldPath ?? '')?.[1],
      ),
    )
    .find(reason => reason !== undefined);
}

function progress({ status }: Pod): HealthReason | undefined {
  const creating = [
    ...(status.initContainerStatuses ?? []),
    ...(status.containerStatuses ?? []),
  ].find(({ state }) => state?.waiting?.reason === 'ContainerCreating');
  if (creating) {
    return {
      code: 'starting',
      text: `Container ${creating.name} is being created.`,
    };
  }
  const init = status.initContainerStatuses?.find(
    ({ state }) => state?.running,
  );
  if (init && status.phase === 'Pending') {
    return {
      code: 'starting',
      text: `It prepares itself: container ${init.name} runs first.`,
    };
  }
  switch (status.phase) {
    case 'Pending':
      return { code: 'starting', text: 'Waiting to be started.' };
    case 'Running':
      return { code: 'not-ready', text: 'Running, but not ready yet.' };
    default:
      return undefined;
  }
}
