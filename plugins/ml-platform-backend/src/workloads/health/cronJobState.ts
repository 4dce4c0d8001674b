import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  gpuAmounts,
  gpuCount,
  gpusOfSpec,
  isOwnedBy,
  newestFirst,
  type CronJob,
  type Job,
} from '@internal/plugin-ml-platform-node';
import { cronJobReasons, timeZoneOf } from './cronJobReasons';
import { jobState, type JobState } from './jobState';
import type { NamespaceContext } from './NamespaceContext';

/** Summarises a CronJob, with the times, failures and reasons of its newest Job. */
export function cronJobState(
  cronJob: CronJob,
  jobs: Job[],
  context: NamespaceContext,
): JobState {
  const [newest] = jobs
    .filter(job => isOwnedBy(job, cronJob))
    .sort(newestFirst);
  const last = newest && jobState(newest, context);
  const { metadata, spec, status } = cronJob;
  return {
    summary: {
      kind: 'CronJob',
      name: metadata.name,
      namespace: context.namespace,
      state: spec.suspend ? 'Suspended' : 'Scheduled',
      schedule: spec.schedule,
      timeZone: timeZoneOf(cronJob),
      lastScheduledAt: status.lastScheduleTime,
      lastSucceededAt: status.lastSuccessfulTime,
      startedAt: last?.summary.startedAt,
      completedAt: last?.summary.completedAt,
      failures: last?.summary.failures ?? 0,
      gpus: gpuCount(spec.jobTemplate.spec.template.spec),
      gpuAmounts: gpuAmounts(gpusOfSpec(spec.jobTemplate.spec.template.spec)),
      pod: last?.summary.pod,
    },
    reasons: [
      ...cronJobReasons(cronJob, newest, context).map(reason => ({
        object: { kind: 'CronJob', name: metadata.name },
        ...reason,
      })),
      ...(last ? lastRunReasons(last) : []),
    ],
    queued: last?.queued,
  };
}

function lastRunReasons({ summary, reasons }: JobState): HealthReason[] {
  switch (summary.state) {
    case 'Failed':
      return reasons.map(reason => prefixed('The last run failed.', reason));
    case 'Pending':
      return reasons.map(reason =>
        prefixed('The current run is pending.', reason),
      );
    case 'Running':
      return reasons.map(reason => prefixed('In the current run:', reason));
    default:
      return [];
  }
}

function prefixed(prefix: string, reason: HealthReason): HealthReason {
  return { ...reason, text: `${prefix} ${reason.text}` };
}
