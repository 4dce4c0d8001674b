import { z } from 'zod';

const stateSchema = z.enum([
  'waiting',
  'running',
  'passed',
  'failed',
  'skipped',
]);

const progressSchema = z.object({
  state: stateSchema,
  at: z.string().optional(),
  text: z.string().optional(),
  /** Argo CD says that it is healthy, and the pods say that it is not. */
  disputed: z.boolean().optional(),
});
/** How far something came; `at` as far as it is known. */
export type Progress = z.infer<typeof progressSchema>;

const applicationSchema = z.object({
  name: z.string(),
  team: z.string(),
  workload: z.string().optional(),
  environment: z.string(),
  project: z.string(),
  directory: z.string(),
  /** The request deletes the directory, and Argo CD the Application. */
  removes: z.boolean(),
  applied: progressSchema,
  healthy: progressSchema,
});
/** An Application that a request changes, and how far it came there. */
export type ApplicationRecord = z.infer<typeof applicationSchema>;

const targetSchema = z.object({ team: z.string(), workload: z.string() });

/** What is known of one pull request. It is kept in the database as it is here. */
export const changeRequestRecordSchema = z.object({
  number: z.number().int(),
  title: z.string(),
  url: z.string(),
  state: z.enum(['open', 'merged', 'closed']),
  author: z.string(),
  headCommit: z.string(),
  openedAt: z.string(),
  updatedAt: z.string(),
  /** When the forge was last asked about it. */
  readAt: z.string(),
  closedAt: z.string().optional(),
  merge: z
    .object({ commit: z.string(), at: z.string(), by: z.string().optional() })
    .optional(),
  /** From the trailer. */
  origin: z
    .object({
      verified: z.boolean(),
      requestId: z.string(),
      template: z.string(),
      requester: z.string(),
    })
    .optional(),
  teams: z.array(z.string()),
  workloads: z.array(targetSchema),
  terraform: z.array(z.object({ team: z.string(), environment: z.string() })),
  checks: z.array(
    z.object({
      name: z.string(),
      state: z.enum(['running', 'passed', 'failed', 'skipped']),
      at: z.string(),
      text: z.string(),
      link: z.string(),
    }),
  ),
  reviews: z.array(
    z.object({
      by: z.string(),
      decision: z.enum(['approved', 'changes-requested']),
      at: z.string(),
      stale: z.boolean(),
    }),
  ),
  applications: z.array(applicationSchema),
  /** The merge commit whose content says what `applications` are. Until then they are what can be foreseen. */
  resolvedAt: z.string().optional(),
});
export type ChangeRequestRecord = z.infer<typeof changeRequestRecordSchema>;

/** Whether nothing can happen to the Application any more because of the request. */
export function isSettled({ healthy }: ApplicationRecord): boolean {
  return healthy.state === 'passed' || healthy.state === 'skipped';
}
