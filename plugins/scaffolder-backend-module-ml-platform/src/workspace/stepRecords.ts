import {
  environmentSchema,
  validationReportSchema,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';

/** Ways to request a change: what a form offers, `run` for new training runs, and `change` for steps that only edit files. */
export const MODES = [
  'create',
  'edit',
  'upgrade',
  'remove',
  'run',
  'change',
] as const;

const checkoutSchema = z.object({
  commit: z.string(),
  team: z.string(),
  workload: z.string(),
  mode: z.enum(MODES),
  /** True when the platform repository already has the workload's directory. */
  exists: z.boolean(),
  /** Environments in which the team has a namespace, in order of promotion. */
  environments: z.array(environmentSchema),
  /** Names of the environments that the request is for. */
  targets: z.array(z.string()),
  /** The only environment of the request; undefined when it is for the workload as a whole. */
  environment: z.string().optional(),
  /** The run, or sweep of runs, of the request; undefined when it is for more than that. */
  run: z.string().optional(),
  requester: z.object({
    ref: z.string(),
    name: z.string(),
    email: z.string(),
  }),
});
/** Result of `checkout` for a workload, which later steps rely on. */
export type CheckoutRecord = z.infer<typeof checkoutSchema>;

const teamCheckoutSchema = checkoutSchema
  .pick({
    commit: true,
    team: true,
    exists: true,
    environments: true,
    requester: true,
  })
  .extend({
    mode: z.enum(['create', 'edit', 'remove']),
    /** Name of the group that owns the team. */
    group: z.string(),
  });
/** Result of `checkout` for a team itself. `environments` are those of the platform. */
export type TeamCheckoutRecord = z.infer<typeof teamCheckoutSchema>;

export const anyCheckoutSchema = z.union([checkoutSchema, teamCheckoutSchema]);
export type AnyCheckoutRecord = CheckoutRecord | TeamCheckoutRecord;

export function isWorkloadCheckout(
  checkout: AnyCheckoutRecord,
): checkout is CheckoutRecord {
  return 'workload' in checkout;
}

export const changeSchema = z.object({
  /** Files that change, relative to the repository's root. */
  changes: z.array(
    z.object({
      path: z.string(),
      deleted: z.literal(true).optional(),
      executable: z.boolean().optional(),
    }),
  ),
  conflicts: z.array(
    z.object({
      path: z.string(),
      line: z.number().optional(),
      current: z.string().optional(),
      requested: z.string().optional(),
    }),
  ),
});
/** Result of `merge`. */
export type ChangeRecord = z.infer<typeof changeSchema>;

export const validationSchema = z.object({
  digest: z.string(),
  passed: z.boolean(),
  /** The part of the report that the pull request repeats. */
  report: validationReportSchema.pick({
    checks: true,
    destructive: true,
    summary: true,
  }),
});
/** Result of `validate`. */
export type ValidationRecord = z.infer<typeof validationSchema>;
