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
  /** Argo CD reports it as healthy while its pods are not ready. */
  disputed: z.boolean().optional(),
});
/** Progress of one step; `at` as far as it is known. */
export type Progress = z.infer<typeof progressSchema>;

const applicationSchema = z.object({
  name: z.string(),
  team: z.string(),
  workload: z.string().optional(),
  environment: z.string(),
  project: z.string(),
  directory: z.string(),
  /** The change request deletes the directory, so Argo CD deletes the Application. */
  removes: z.boolean(),
  applied: progressSchema,
  healthy: progressSchema,
});
/** An Application that a change request affects, with its progress. */
export type ApplicationRecord = z.infer<typeof applicationSchema>;

const targetSchema = z.object({ team: z.string(), workload: z.string() });

/** A change request as it is kept in memory and in the database. */
export const changeRequestRecordSchema = z.object({
  number: z.number().int(),
  title: z.string(),
  url: z.string(),
  state: z.enum(['open', 'merged', 'closed']),
  author: z.string(),
  headCommit: z.string(),
  openedAt: z.string(),
  updatedAt: z.string(),
  /** Time at which it was last read from the forge. */
  readAt: z.string(),
  closedAt: z.string().optional(),
  merge: z
    .object({ commit: z.string(), at: z.string(), by: z.string().optional() })
    .optional(),
  /** Content of the trailer. */
  origin: z
    .object({
      provenance: z.enum(['verified', 'changed', 'claimed']),
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
  /** Merge commit from which `applications` are known. Until then they are predicted. */
  resolvedAt: z.string().optional(),
});
export type ChangeRequestRecord = z.infer<typeof changeRequestRecordSchema>;

/** Checks if the change request can no longer change the state of the Application. */
export function isSettled({ healthy }: ApplicationRecord): boolean {
  return healthy.state === 'passed' || healthy.state === 'skipped';
}
