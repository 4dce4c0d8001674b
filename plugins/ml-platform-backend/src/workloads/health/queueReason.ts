import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  queueOfLabels,
  redactAddresses,
  workloadCondition,
  type KueueWorkload,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import {
  asSentence,
  formatAmount,
  formatCount,
  formatList,
  formatQuantity,
  isGpu,
  PLATFORM_TEAM_ADVICE,
  resourceName,
} from './formatting';
import { admissionText, evictionText, requeueText } from './queueAdmission';

/** Position in a queue, over all namespaces that share it. */
export interface QueuePosition {
  queue: string;
  /** Starts at 1. */
  position: number;
  length: number;
}

/**
 * Reason why Kueue has not admitted a Workload.
 *
 * @param position - undefined when the Workload does not wait for quota.
 */
export function queueReason(
  workload: KueueWorkload,
  position: QueuePosition | undefined,
): HealthReason {
  return {
    code: 'queue',
    text: queueText(workload, position),
    since: queuedSince(workload),
  };
}

/**
 * Reason why a suspended Job or a gated pod waits, from its label alone: Kueue's Workload for it is not readable, or not
 * there yet.
 *
 * @returns undefined for an object without the label.
 */
export function labelQueueReason(
  object: WithMetadata,
): HealthReason | undefined {
  const queue = queueOfLabels(object);
  return queue === undefined
    ? undefined
    : {
        code: 'queue',
        text: `Waiting in the queue ${queue}. Its position is unknown, because Kueue's state of it cannot be read. ${PLATFORM_TEAM_ADVICE}`,
        since: object.metadata.creationTimestamp,
      };
}

/** Start of the phase that the text describes: reserved quota, the return to the queue, or the creation. */
function queuedSince(workload: KueueWorkload): string | undefined {
  const started = ['QuotaReserved', 'Evicted']
    .map(type => workloadCondition(workload, type))
    .find(condition => condition?.status === 'True');
  return started?.lastTransitionTime ?? workload.metadata.creationTimestamp;
}

function queueText(
  workload: KueueWorkload,
  position: QueuePosition | undefined,
): string {
  if (!workload.spec.active) {
    const cause = workloadCondition(workload, 'Evicted')?.message;
    return [
      `Removed from the queue${
        cause ? `: ${asSentence(redactAddresses(cause))}` : '.'
      }`,
      evictionText(workload),
      'Submit it again as a new run.',
    ]
      .filter(Boolean)
      .join(' ');
  }
  const quota = workloadCondition(workload, 'QuotaReserved');
  if (quota?.status === 'True') {
    return admissionText(workload);
  }
  const queueStatus = position
    ? `Position ${position.position} of ${position.length} in the queue ${position.queue}.`
    : `Waiting in the queue ${workload.spec.queueName ?? ''}.`;
  return `${queueStatus} ${pendingText(quota, workload)}`.trim();
}

function pendingText(
  quota: ReturnType<typeof workloadCondition>,
  workload: KueueWorkload,
): string {
  const message = redactAddresses(quota?.message ?? '');
  return [
    evictionText(workload),
    requeueText(workload),
    quotaText(message, quota?.reason),
  ]
    .filter(Boolean)
    .join(' ');
}

function quotaText(message: string, reason: string | undefined): string {
  const missing = [
    ...message.matchAll(
      /insufficient unused quota for (\S+) in flavor (\S+?), (\S+) more (?:is )?needed/g,
    ),
  ];
  const victims = /preemption of (\d+) workload/.exec(message);
  if (victims) {
    return `Waiting for the preemption of ${formatCount(
      Number(victims[1]),
      'run',
      'runs',
    )} of lower priority.`;
  }
  const tooMuch =
    /insufficient quota for (\S+) in flavor (\S+), (?:previously considered podsets requests \(([^)]+)\) \+ current podset request \(([^)]+)\) > maximum capacity \(([^)]+)\)|request > maximum capacity \(([^ ]+) > ([^)]+)\))/.exec(
      message,
    );
  if (missing.length > 0) {
    const parts = [
      ...new Set(
        missing.map(
          ([, resource, flavor, more]) =>
            `${formatQuantity(resource, more.replace(/\.$/, ''))} more free ${
              isGpu(resource)
                ? resourceName(resource)
                : formatAmount(resource, '0').replace(/^\S+( B)? /, '')
            } (${flavor})`,
        ),
      ),
    ];
    return `Waiting for ${formatList(parts)}.`;
  }
  if (tooMuch) {
    const [, resource, , , current, capacity, old, oldCapacity] = tooMuch;
    return `It can never start: it requests ${formatAmount(
      resource,
      current ?? old,
    )}, and the queue has ${formatQuantity(
      resource,
      capacity ?? oldCapacity,
    )} in total. Request less.`;
  }
  if (/doesn't exist|does not exist/.test(message)) {
    return `${asSentence(message)} Correct the queue name.`;
  }
  if (/is stopped/i.test(message)) {
    return 'The queue is stopped. Contact the platform team.';
  }
  if (/is inactive/i.test(message) || reason === 'Suspended') {
    return 'The queue is not active: it is stopped, or something that it refers to is missing. Contact the platform team.';
  }
  if (reason === 'AdmissionGated') {
    return 'A controller holds it back (annotation kueue.x-k8s.io/admission-gated-by).';
  }
  if (/PodsReady/.test(message) || reason === 'WaitingForPodsReady') {
    return 'Waiting until the pods of earlier runs are ready.';
  }
  if (
    /doesn't match|untolerated taint|NoMatchingFlavor/.test(
      `${message} ${reason}`,
    )
  ) {
    return `The queue has no matching nodes: ${asSentence(message)}`;
  }
  return message ? asSentence(message) : 'Waiting for its turn.';
}
