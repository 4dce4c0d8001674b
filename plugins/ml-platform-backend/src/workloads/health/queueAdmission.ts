import {
  redactAddresses,
  workloadCondition,
  type KueueWorkload,
} from '@internal/plugin-ml-platform-node';
import { asSentence, formatList } from './formatting';
import { formatTime } from './formatTime';

/**
 * Texts by the reason of the condition `Evicted`; of a deactivation, by what follows `DeactivatedDueTo`.
 *
 * @see kubernetes-sigs/kueue apis/kueue/v1beta2/workload_types.go
 */
const EVICTIONS: Record<string, string> = {
  Preempted: 'It was stopped to make room for another workload.',
  PodsReadyTimeout: 'It was stopped because its pods were not ready in time.',
  AdmissionCheck: 'It was stopped because an admission check no longer passes.',
  ClusterQueueStopped: 'It was stopped because the queue was stopped.',
  LocalQueueStopped: 'It was stopped because the queue was stopped.',
  NodeFailures: 'It was stopped because a node failed.',
  FlavorMigration: 'It was stopped to move it to other nodes.',
  RequeuingLimitExceeded:
    'Its pods were not ready in time too often, so it is not tried again.',
  MaximumExecutionTimeExceeded: 'It ran longer than its maximum time.',
};

/** Texts by the reason of the condition `Preempted`. */
const PREEMPTIONS: Record<string, string> = {
  InClusterQueue:
    'It was stopped to make room for a workload of higher priority in the same queue.',
  InCohortReclamation:
    'It was stopped because another queue took back the resources that it had lent.',
  InCohortReclaimWhileBorrowing:
    'It was stopped because another queue took back the resources that it had lent.',
  InCohortFairSharing:
    'It was stopped to share the resources fairly with other queues.',
};

/** Explains why quota that is reserved does not start a Workload yet. */
export function admissionText(workload: KueueWorkload): string {
  const checks = workload.status.admissionChecks.filter(
    ({ state }) => state !== 'Ready',
  );
  const rejected = checks.filter(({ state }) => state === 'Rejected');
  if (rejected.length > 0) {
    return `${describeChecks(
      'Rejected by',
      rejected,
    )} Contact the platform team.`;
  }
  if (checks.length > 0) {
    const isRetry = checks.every(({ state }) => state === 'Retry');
    return describeChecks(
      `Quota is reserved; ${isRetry ? 'Kueue will retry' : 'waiting for'}`,
      checks,
    );
  }
  const admitted = workloadCondition(workload, 'Admitted');
  return admitted?.reason === 'PendingDelayedTopologyRequests'
    ? 'Quota is reserved; waiting for nodes that are close to each other.'
    : 'Admitted; starting shortly.';
}

/** Explains why a Workload that had started waits again; undefined if it had not. */
export function evictionText(workload: KueueWorkload): string | undefined {
  const evicted = workloadCondition(workload, 'Evicted');
  if (evicted?.status !== 'True') {
    return undefined;
  }
  const reason = (evicted.reason ?? '').replace(/^DeactivatedDueTo/, '');
  if (reason === 'Deactivated') {
    return undefined;
  }
  const preempted = workloadCondition(workload, 'Preempted');
  return (
    (reason === 'Preempted' && preempted?.status === 'True'
      ? PREEMPTIONS[preempted.reason ?? '']
      : undefined) ??
    EVICTIONS[reason] ??
    `It was stopped after it had started (${reason || 'unknown reason'}).`
  );
}

/** Says when an evicted Workload returns to the queue, and how often it did. */
export function requeueText({ status }: KueueWorkload): string | undefined {
  const { count, requeueAt } = status.requeueState ?? {};
  const isWaiting = status.conditions.some(
    condition => condition.type === 'Requeued' && condition.status === 'False',
  );
  return isWaiting && requeueAt
    ? `It returns to the queue at ${formatTime(requeueAt)}${
        count ? ` (attempt ${count + 1})` : ''
      }.`
    : undefined;
}

function describeChecks(
  start: string,
  checks: KueueWorkload['status']['admissionChecks'],
): string {
  const texts = checks.map(({ name, message }) =>
    [name, message && redactAddresses(message)].filter(Boolean).join(': '),
  );
  return `${start} the admission ${
    checks.length === 1 ? 'check' : 'checks'
  } ${asSentence(formatList(texts))}`;
}
