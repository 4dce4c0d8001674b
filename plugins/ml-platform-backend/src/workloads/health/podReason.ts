import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  isReadyPod,
  redactAddresses,
  type Pod,
} from '@internal/plugin-ml-platform-node';
import { claimReason } from './claimReason';
import { containerReason } from './containerReason';
import { asSentence, PLATFORM_TEAM_ADVICE } from './formatting';
import { NO_CONTEXT, type PodContext } from './PodContext';
import { probeReason } from './probeReason';
import { labelQueueReason } from './queueReason';
import { requestedAmount } from './requestedAmount';
import { schedulingReason } from './schedulingReason';
import { VOLUME_EVENTS, volumeReason } from './volumeReason';

/** Reason why a pod is not ready; undefined when it is, or has succeeded. */
export function podReason(
  pod: Pod,
  context: PodContext = NO_CONTEXT,
): HealthReason | undefined {
  const reason = isReadyPod(pod)
    ? undefined
    : terminationReason(pod) ??
      unscheduledReason(pod, context) ??
      containersReason(pod, context) ??
      startReason(pod, context) ??
      progressReason(pod);
  return (
    reason && { object: { kind: 'Pod', name: pod.metadata.name }, ...reason }
  );
}

/** Reason why the kubelet or a controller ended the pod as a whole. */
function terminationReason({ status }: Pod): HealthReason | undefined {
  if (status.phase === 'Unknown' || status.reason === 'NodeLost') {
    return {
      code: 'not-ready',
      text: 'The node is unreachable. Kubernetes will replace the pod if the node does not come back.',
    };
  }
  const disrupted = status.conditions?.find(
    ({ type, status: value }) =>
      type === 'DisruptionTarget' && value === 'True',
  );
  const reason =
    status.reason ?? (disrupted && (disrupted.reason ?? 'Disrupted'));
  if (status.phase !== 'Failed' || !reason) {
    return undefined;
  }
  if (reason === 'DeadlineExceeded') {
    return {
      code: 'deadline-exceeded',
      text: 'The pod ran longer than its activeDeadlineSeconds. Raise the deadline or make it faster.',
    };
  }
  const message = redactAddresses(
    status.message ?? disrupted?.message ?? '',
  ).trim();
  const scarce = /low on resource: ([\w-]+)/.exec(message)?.[1];
  if (scarce) {
    return {
      code: 'evicted',
      text: `Evicted because the node ran out of ${
        scarce === 'ephemeral-storage' ? 'temporary disk space' : scarce
      }. Request as much as the pod really uses.`,
    };
  }
  const limit =
    /(?:exceeds|exceeded)[^.]*limit(?: of containers)? "?([\w.]+)"?/.exec(
      message,
    );
  if (reason === 'Evicted' && limit) {
    return {
      code: 'evicted',
      text: `Evicted because it used more temporary disk space than its limit of ${limit[1]}. Write less or raise the limit.`,
    };
  }
  if (/preempt/i.test(`${reason} ${message}`)) {
    return {
      code: 'evicted',
      text: 'Preempted to make room for a pod of higher priority.',
    };
  }
  return {
    code: 'evicted',
    text: asSentence(
      `Removed from its node (${reason})${message ? `: ${message}` : ''}`,
    ),
  };
}

function unscheduledReason(
  pod: Pod,
  context: PodContext,
): HealthReason | undefined {
  const unscheduled = pod.status.conditions?.find(
    ({ type, status }) => type === 'PodScheduled' && status === 'False',
  );
  if (!unscheduled) {
    return undefined;
  }
  if (unscheduled.reason === 'SchedulingGated') {
    return (
      labelQueueReason(pod) ?? {
        code: 'queue',
        text: 'Waiting for a scheduling gate, for example the GPU queue.',
      }
    );
  }
  const reason = schedulingReason(
    redactAddresses(unscheduled.message ?? ''),
    requestedAmount(pod.spec),
  );
  return reason.code === 'volume'
    ? claimReason(pod, context) ?? reason
    : reason;
}

function containersReason(
  pod: Pod,
  context: PodContext,
): HealthReason | undefined {
  const { initContainerStatuses = [], containerStatuses = [] } = pod.status;
  const reason = [...initContainerStatuses, ...containerStatuses]
    .map(containerReason)
    .find(candidate => candidate !== undefined);
  const probe =
    reason?.code === 'crash-loop' ? probeReasonOf(pod, context) : undefined;
  return reason && probe
    ? { ...reason, text: `${reason.text} ${probe.text}` }
    : reason;
}

/** Reason from events. Those about a failed start are outdated once the pod runs. */
function startReason(pod: Pod, context: PodContext): HealthReason | undefined {
  const { status } = pod;
  if (status.phase === 'Running') {
    return probeReasonOf(pod, context);
  }
  for (const { reason, message } of context.eventsOf(pod)) {
    if (reason && message && VOLUME_EVENTS.includes(reason)) {
      return volumeReason(message);
    }
    if (reason === 'FailedCreatePodSandBox' && message) {
      return {
        code: 'start-failed',
        text: /assign an IP address|no available IP|IP addresses available/i.test(
          message,
        )
          ? `The node has no free IP address for the pod. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`
          : `The node cannot set up the pod's network. Kubernetes will retry. ${PLATFORM_TEAM_ADVICE}`,
      };
    }
  }
  return undefined;
}

function probeReasonOf(
  pod: Pod,
  context: PodContext,
): HealthReason | undefined {
  return context
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

function progressReason({ status }: Pod): HealthReason | undefined {
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
      text: `Init container ${init.name} is running.`,
    };
  }
  switch (status.phase) {
    case 'Pending':
      return { code: 'starting', text: 'Waiting to start.' };
    case 'Running':
      return { code: 'not-ready', text: 'Running but not ready yet.' };
    default:
      return undefined;
  }
}
