import type { JobSummary } from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { summariseJob, type Job, type Surroundings } from './job';
import { isOwnedBy, metadataSchema, newestFirst } from './metadata';
import { gpuCount, podTemplateSchema } from './podTemplate';

export const cronJobSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    schedule: z.string(),
    suspend: z.boolean().optional(),
    jobTemplate: z.object({ spec: z.object({ template: podTemplateSchema }) }),
  }),
  status: z.object({ lastScheduleTime: z.string().optional() }).default({}),
});
export type CronJob = z.infer<typeof cronJobSchema>;

/** A CronJob in a person's words; how it fares is how its newest Job fares. */
export function summariseCronJob(
  cronJob: CronJob,
  jobs: Job[],
  around: Surroundings,
): JobSummary {
  const [newest] = jobs
    .filter(job => isOwnedBy(job, cronJob))
    .sort(newestFirst);
  const last = newest && summariseJob(newest, around);
  return {
    kind: 'CronJob',
    name: cronJob.metadata.name,
    environment: around.environment,
    cluster: around.cluster,
    namespace: around.namespace,
    state: cronJob.spec.suspend ? 'Suspended' : 'Scheduled',
    reason: last && lastRun(last),
    schedule: cronJob.spec.schedule,
    lastScheduledAt: cronJob.status.lastScheduleTime,
    startedAt: last?.startedAt,
    completedAt: last?.completedAt,
    failures: last?.failures ?? 0,
    gpus: gpuCount(cronJob.spec.jobTemplate.spec.template.spec),
    pod: last?.pod,
  };
}

function lastRun({ state, reason }: JobSummary): string | undefined {
  if (state === 'Failed') {
    return `The last run failed. ${reason ?? ''}`.trim();
  }
  return state === 'Pending' && reason
    ? `The current run waits. ${reason}`
    : undefined;
}
