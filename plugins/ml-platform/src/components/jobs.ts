import type { JobSummary } from '@internal/plugin-ml-platform-common';
import type { Tone } from './shared/Pill';
import { duration, timeAgo } from './shared/time';

export const JOB_TONES: Record<JobSummary['state'], Tone> = {
  Pending: 'warning',
  Running: 'busy',
  Succeeded: 'good',
  Failed: 'bad',
  Suspended: 'neutral',
  Scheduled: 'neutral',
};

/** Notes below a Job's state: reason, failed pods, schedule. */
export function jobNote(job: JobSummary): string[] {
  const notes = job.reason ? [job.reason] : [];
  if (job.failures > 0) {
    notes.push(
      job.failures === 1 ? '1 pod failed' : `${job.failures} pods failed`,
    );
  }
  if (job.schedule) {
    notes.push(
      job.lastScheduledAt
        ? `${job.schedule}, last ${timeAgo(job.lastScheduledAt)}`
        : `${job.schedule}, not yet run`,
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
