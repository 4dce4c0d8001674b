import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses, type Pod } from '@internal/plugin-ml-platform-node';
import { claimReason } from './claimReason';
import { formatList, PLATFORM_TEAM_ADVICE } from './formatting';
import type { PodContext } from './PodContext';
import { labelQueueReason } from './queueReason';
import { requestedAmount } from './requestedAmount';
import { schedulingReason } from './schedulingReason';

const DEFAULT_SCHEDULER = 'default-scheduler';
/** A scheduler looks at a new pod within seconds. */
const SCHEDULER_SECONDS = 60;

/**
 * Reason why a pod is not bound to a node.
 *
 * @see kubernetes/kubernetes v1.36 pkg/scheduler/schedule_one.go (`handleSchedulingFailure`), pkg/registry/core/pod/strategy.go
 * (`applySchedulingGatedCondition`)
 */
export function unscheduledReason(
  pod: Pod,
  context: PodContext,
): HealthReason | undefined {
  const { spec, status, metadata } = pod;
  const condition = status.conditions?.find(
    ({ type }) => type === 'PodScheduled',
  );
  if (spec.nodeName !== undefined || condition?.status === 'True') {
    return undefined;
  }
  const since = condition?.lastTransitionTime ?? metadata.creationTimestamp;
  const gates = (spec.schedulingGates ?? []).map(({ name }) => name);
  if (condition?.reason === 'SchedulingGated' || gates.length > 0) {
    const queueReason = labelQueueReason(pod);
    if (queueReason) {
      return { ...queueReason, since };
    }
    return {
      code: 'queue',
      text:
        gates.length > 0
          ? `Waiting until the scheduling gate ${formatList(
              gates,
            )} is removed, for example by the GPU queue.`
          : 'Waiting for a scheduling gate, for example the GPU queue.',
      since,
    };
  }
  const message =
    condition?.message ??
    context.eventsOf(pod).find(({ reason }) => reason === 'FailedScheduling')
      ?.message;
  if (condition || message !== undefined) {
    return failedSchedulingReason(pod, message ?? '', context, since);
  }
  const isUnseen =
    (status.phase ?? 'Pending') === 'Pending' &&
    !status.containerStatuses &&
    !status.initContainerStatuses &&
    context.eventsOf(pod).length === 0;
  return isUnseen ? noSchedulerReason(pod, context) : undefined;
}

function failedSchedulingReason(
  pod: Pod,
  message: string,
  context: PodContext,
  since: string | undefined,
): HealthReason {
  const reason = schedulingReason(
    redactAddresses(message),
    requestedAmount(pod.spec),
  );
  if (pod.status.nominatedNodeName) {
    return {
      code: reason.code,
      text: `${reason.text} Pods of lower priority are being removed to make room for it.`,
      since,
    };
  }
  return {
    ...(reason.code === 'volume'
      ? claimReason(pod, context) ?? reason
      : reason),
    since,
  };
}

/** No scheduler has written a condition or an event. */
function noSchedulerReason(
  { spec, metadata }: Pod,
  { clock }: PodContext,
): HealthReason {
  const since = metadata.creationTimestamp;
  if (!clock.hasPassed(SCHEDULER_SECONDS, since)) {
    return { code: 'starting', text: 'Waiting for the scheduler.', since };
  }
  const { schedulerName = DEFAULT_SCHEDULER } = spec;
  return {
    code: 'unschedulable',
    text:
      schedulerName === DEFAULT_SCHEDULER
        ? `The scheduler of the cluster has not looked at the pod yet. ${PLATFORM_TEAM_ADVICE}`
        : `No scheduler called ${schedulerName} takes the pod. Correct schedulerName, or ask the platform team to run this scheduler.`,
    since,
  };
}
