import { z } from 'zod';
import { freshnessSchema } from './freshness';
import { healthReasonSchema, healthStateSchema } from './health';
import { workloadFindingsSchema } from './vulnerabilities';

const MAX_WORKLOADS = 100;
const WORKLOAD = /^[a-z0-9-]{1,63}\/[a-z0-9-]{1,63}$/;

export const workloadStatesQuerySchema = z.object({
  /** Separated by commas, each as `<team>/<workload>`; at most 100. */
  workloads: z
    .string()
    .refine(
      workloads => workloads.split(',').every(each => WORKLOAD.test(each)),
      'must be workloads, for example "app-ml-team/fraud-scorer"',
    )
    .refine(
      workloads => workloads.split(',').length <= MAX_WORKLOADS,
      `At most ${MAX_WORKLOADS} workloads`,
    ),
});

const workloadStateSchema = z.object({
  team: z.string(),
  workload: z.string(),
  /** Most severe state of its environments; `missing` when nothing is deployed. */
  state: healthStateSchema,
  /** In order of promotion; without those where nothing is deployed. */
  environments: z.array(
    z.object({
      environment: z.string(),
      state: healthStateSchema,
      /** The most severe reason. */
      reason: healthReasonSchema.optional(),
      image: z.string().optional(),
    }),
  ),
  /** Absent if the caller may not see findings of the team. */
  findings: workloadFindingsSchema.optional(),
});
export type WorkloadState = z.infer<typeof workloadStateSchema>;

/** `GET /workloads`: workloads of teams that the caller may not see are left out, like those that do not exist. */
export const workloadStatesSchema = z.object({
  items: z.array(workloadStateSchema),
  freshness: freshnessSchema,
});
export type WorkloadStates = z.infer<typeof workloadStatesSchema>;
