import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  redactAddresses,
  workloadCondition,
  type KueueWorkload,
} from '@internal/plugin-ml-platform-node';
import {
  amount,
  amountOnly,
  asSentence,
  counted,
  isGpu,
  listed,
} from './formatting';

/** A place in a queue. */
export interface QueuePosition {
  queue: string;
  /** 1 for the first. */
  position: number;
  length: number;
}

/**
 * Why Kueue has not let something start.
 *
 * @param place - absent when it waits for something else than quota.
 */
export function queueReason(
  workload: KueueWorkload,
  place: QueuePosition | undefined,
): HealthReason {
  return { code: 'queue', text: queueText(workload, place) };
}

function queueText(
  workload: KueueWorkload,
  place: QueuePosition | undefined,
): string {
  if (!workload.spec.active) {
    const why = workloadCondition(workload, 'Evicted')?.message;
    return `Taken out of the queue${
      why ? `: ${asSentence(redactAddresses(why))}` : '.'
    } Start it again as a new run.`;
  }
  const quota = workloadCondition(workload, 'QuotaReserved');
  if (quota?.status === 'True') {
    const checks = workload.status.admissionChecks
      .filter(({ state }) => state !== 'Ready')
      .map(({ name, message }) =>
        [name, message && redactAddresses(message)].filter(Boolean).join(': '),
      );
    return checks.length > 0
      ? `Has its place, and waits for the check ${asSentence(listed(checks))}`
      : 'Has its place, and starts in a moment.';
  }
  const where = place
    ? `Number ${place.position} of ${place.length} in the queue ${place.queue}.`
    : `Waits in the queue ${workload.spec.queueName ?? ''}.`;
  return `${where} ${waitsFor(quota, workload)}`.trim();
}

function waitsFor(
  quota: ReturnType<typeof workloadCondition>,
  workload: KueueWorkload,
): string {
  const evicted = workloadCondition(workload, 'Evicted');
  const before =
    evicted?.status === 'True'
      ? `It ran before, and had to make room (${evicted.reason ?? 'evicted'}). `
      : '';
  const message = redactAddresses(quota?.message ?? '');
  return before + queueMessage(message, quota?.reason);
}

function queueMessage(message: string, reason: string | undefined): string {
  const missing = [
    ...message.matchAll(
      /insufficient unused quota for (\S+) in flavor (\S+?), (\S+) more (?:is )?needed/g,
    ),
  ];
  const victims = /preemption of (\d+) workload/.exec(message);
  if (victims) {
    return `Waits until ${counted(
      Number(victims[1]),
      'run',
      'runs',
    )} of lower priority has made room.`;
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
            `${amountOnly(resource, more.replace(/\.$/, ''))} more free ${
              isGpu(resource)
                ? 'GPUs'
                : amount(resource, '0').replace(/^\S+( B)? /, '')
            } (${flavor})`,
        ),
      ),
    ];
    return `Waits for ${listed(parts)}.`;
  }
  if (tooMuch) {
    const [, resource, , , current, capacity, old, oldCapacity] = tooMuch;
    return `It can never start: it asks for ${amount(
      resource,
      current ?? old,
    )}, and the queue has ${amountOnly(
      resource,
      capacity ?? oldCapacity,
    )} in all. Ask for less.`;
  }
  if (/doesn't exist|does not exist/.test(message)) {
    return `${asSentence(message)} Correct the name of the queue.`;
  }
  if (/is inactive|stopped/i.test(message)) {
    return 'The queue is closed for now. Ask the platform team.';
  }
  if (/PodsReady/.test(message) || reason === 'WaitingForPodsReady') {
    return 'Waits until the pods of runs before it are ready.';
  }
  if (
    /doesn't match|untolerated taint|NoMatchingFlavor/.test(
      `${message} ${reason}`,
    )
  ) {
    return `The queue has no nodes of the kind that it asks for: ${asSentence(
      message,
    )}`;
  }
  return message ? asSentence(message) : 'Waits for its turn.';
}
