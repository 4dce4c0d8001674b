import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses, type Pod } from '@internal/plugin-ml-platform-node';
import {
  asSentence,
  isGpu,
  PLATFORM_TEAM_ADVICE,
  resourceName,
} from './formatting';
import { gpuErrorText } from './gpuError';

/**
 * Reason why the kubelet or a controller ended a pod as a whole; undefined for pods whose containers ended by
 * themselves.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/eviction/helpers.go, pkg/kubelet/lifecycle/predicate.go,
 * pkg/kubelet/nodeshutdown/nodeshutdown_manager.go, pkg/kubelet/cm/admission/errors.go
 */
export function endedPodReason({ status }: Pod): HealthReason | undefined {
  const disrupted = status.conditions?.find(
    ({ type, status: value }) =>
      type === 'DisruptionTarget' && value === 'True',
  );
  const reason =
    status.reason ?? (disrupted && (disrupted.reason ?? 'Disrupted'));
  if (status.phase !== 'Failed' || !reason) {
    return undefined;
  }
  const message = redactAddresses(
    status.message ?? disrupted?.message ?? '',
  ).trim();
  return (
    deadlineReason(reason) ??
    admissionReason(reason, message) ??
    evictionReason(reason, message)
  );
}

function deadlineReason(reason: string): HealthReason | undefined {
  return reason === 'DeadlineExceeded'
    ? {
        code: 'deadline-exceeded',
        text: 'The pod ran longer than its activeDeadlineSeconds. Raise the deadline or make it faster.',
      }
    : undefined;
}

/** The kubelet refused the pod that the scheduler had placed on its node. */
function admissionReason(
  reason: string,
  message: string,
): HealthReason | undefined {
  const scarce = /^OutOf(.+)$/.exec(reason)?.[1];
  if (scarce) {
    return {
      code: 'evicted',
      text: `Its node had ${scarceText(
        scarce,
      )} when the pod arrived. Its controller creates another pod.`,
    };
  }
  if (reason === 'UnexpectedAdmissionError') {
    const cause = gpuErrorText(message) ?? asSentence(message);
    return {
      code: 'evicted',
      text: `Its node refused the pod: ${cause}`,
    };
  }
  if (reason === 'NodeShutdown' || reason === 'Terminated') {
    return {
      code: 'evicted',
      text: 'Its node was shut down. Its controller creates another pod.',
    };
  }
  if (
    /^(?:NodeAffinity|NodePorts|TopologyAffinityError|PodFeature|.*Forbidden|AppArmor)/.test(
      reason,
    )
  ) {
    return {
      code: 'evicted',
      text: asSentence(
        `Its node refused the pod (${reason})${message ? `: ${message}` : ''}`,
      ),
    };
  }
  return undefined;
}

function scarceText(resource: string): string {
  switch (resource) {
    case 'pods':
      return 'too little free room for pods';
    case 'cpu':
      return 'too little free CPU';
    default:
      return `too ${isGpu(resource) ? 'few' : 'little'} free ${resourceName(
        resource,
      )}`;
  }
}

function evictionReason(reason: string, message: string): HealthReason {
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
    /(?:exceeds|exceeded)[^.]*limit(?: of containers)? "?(\d+(?:\.\d+)?\w*)"?/.exec(
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
  if (/NodeLost|DeletionByTaintManager|DeletionByPodGC/.test(reason)) {
    return {
      code: 'evicted',
      text: `Removed because its node was unreachable or deleted. ${PLATFORM_TEAM_ADVICE}`,
    };
  }
  return {
    code: 'evicted',
    text: asSentence(
      `Removed from its node (${reason})${message ? `: ${message}` : ''}`,
    ),
  };
}
