import {
  RUN_LABEL,
  type JobSummary,
} from '@internal/plugin-ml-platform-common';
import { withoutAddresses } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { failedCreateReason, type Event } from './event';
import { isOwnedBy, metadataSchema, newestFirst } from './metadata';
import { podReason, type Pod } from './pod';
import { gpuCount, podTemplateSchema } from './podTemplate';

export const jobSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({
    suspend: z.boolean().optional(),
    template: podTemplateSchema,
  }),
  status: z
    .object({
      startTime: z.string().optional(),
      completionTime: z.string().optional(),
      failed: z.number().default(0),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            message: z.string().optional(),
            lastTransitionTime: z.string().optional(),
          }),
        )
        .default([]),
    })
    .default({ failed: 0, conditions: [] }),
});
export type Job = z.infer<typeof jobSchema>;

/** Where a Job runs, and what else is there. */
export interface Surroundings {
  environment: string;
  cluster: string;
  namespace: string;
  pods: Pod[];
  events: Event[];
}

/** A Job in a person's words. */
export function summariseJob(job: Job, around: Surroundings): JobSummary {
  const pods = around.pods.filter(pod => isOwnedBy(pod, job)).sort(newestFirst);
  const state = jobState(job, pods);
  return {
    kind: 'Job',
    name: job.metadata.name,
    environment: around.environment,
    cluster: around.cluster,
    namespace: around.namespace,
    state,
    reason: jobReason(job, state, pods, around.events),
    run: job.metadata.labels?.[RUN_LABEL],
    startedAt: job.status.startTime,
    completedAt:
      job.status.completionTime ?? condition(job, 'Failed')?.lastTransitionTime,
    failures: job.status.failed,
    gpus: gpuCount(job.spec.template.spec),
    pod: pods[0]?.metadata.name,
  };
}

function jobState(job: Job, pods: Pod[]): JobSummary['state'] {
  if (condition(job, 'Complete')) {
    return 'Succeeded';
  }
  if (condition(job, 'Failed')) {
    return 'Failed';
  }
  if (job.spec.suspend) {
    return 'Suspended';
  }
  return pods.some(({ status }) => status.phase === 'Running')
    ? 'Running'
    : 'Pending';
}

function jobReason(
  job: Job,
  state: JobSummary['state'],
  pods: Pod[],
  events: Event[],
): string | undefined {
  switch (state) {
    case 'Succeeded':
      return undefined;
    case 'Failed': {
      const message = condition(job, 'Failed')?.message;
      const reasons = [
        pods.map(podReason).find(reason => reason !== undefined),
        message && withoutAddresses(message),
      ];
      return reasons.filter(Boolean).join(' ') || undefined;
    }
    case 'Suspended':
      return 'Suspended: it starts when it is resumed, for example by the queue that it waits in.';
    default:
      return (pods[0] && podReason(pods[0])) ?? failedCreateReason(events, job);
  }
}

function condition(job: Job, type: string) {
  return job.status.conditions.find(
    candidate => candidate.type === type && candidate.status === 'True',
  );
}
