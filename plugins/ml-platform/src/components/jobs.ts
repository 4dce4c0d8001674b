import type { JobSummary } from '@internal/plugin-ml-platform-common';
import type { Tone } from './shared/Pill';
import { reasonText } from './shared/reasonText';
import { duration, timeAgo } from './shared/time';

export const JOB_TONES: Record<JobSummary['state'], Tone> = {
  Pending: 'warning',
  Running: 'busy',
  Succeeded: 'good',
  Failed: 'bad',
  Suspended: 'neutral',
  Scheduled: 'neutral',
};

const TIME_ZONE_PREFIX = /^\s*(?:CRON_)?TZ=\S+\s+/;

/** Notes below a Job's state: reasons, numbers of pods and indexes, schedule. */
export function jobNote(job: JobSummary): string[] {
  const notes = job.reasons?.map(reasonText) ?? [];
  if (notes.length === 0 && job.reason) {
    notes.push(job.reason);
  }
  if (job.workers && job.workers.total > 1) {
    notes.push(`${job.workers.running} of ${job.workers.total} pods run`);
  }
  if (job.indexes) {
    const { total, succeeded, failed } = job.indexes;
    notes.push(
      `${succeeded} of ${total} indexes succeeded${
        failed > 0 ? `, ${failed} failed` : ''
      }`,
    );
  }
  if (job.failures > 0) {
    notes.push(
      job.failures === 1 ? '1 pod failed' : `${job.failures} pods failed`,
    );
  }
  if (job.schedule) {
    const schedule = `${job.schedule.replace(TIME_ZONE_PREFIX, '')} (${
      job.timeZone ?? 'time zone of the cluster'
    })`;
    notes.push(
      job.lastScheduledAt
        ? `${schedule}, last ${timeAgo(job.lastScheduledAt)}`
        : `${schedule}, not yet run`,
    );
  }
  return notes;
}

/** Duration of a Job, up to now while it runs. Undefined before it starts. */
export function jobDuration(job: JobSummary): string | undefined {
  if (!job.startedAt) {
    return undefined;
  }
  return duration(job.startedAt, job.completedAt ?? new Date().toISOString());
}
