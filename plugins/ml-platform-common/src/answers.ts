import { z } from 'zod';

/** The template and values that one environment of a workload was made from. */
const environmentAnswersSchema = z.object({
  environment: z.string(),
  /** Entity reference of the template. */
  template: z.string(),
  /** True when the template changed since this environment was made from it. */
  isBehind: z.boolean(),
  /** Values of the template's form. */
  values: z.record(z.string(), z.unknown()),
});
export type EnvironmentAnswers = z.infer<typeof environmentAnswersSchema>;

/** Promotion of an environment to the next one. */
const promotionSchema = z.object({
  from: z.string(),
  to: z.string(),
  /** Number of changes of `from` since it was promoted to `to` last, up to 50. Absent when that is not known, for example because it never was. */
  changes: z.number().int().optional(),
});
export type Promotion = z.infer<typeof promotionSchema>;

/** The values that a training run was made from. */
const runAnswersSchema = z.object({
  environment: z.string(),
  run: z.string(),
  values: z.record(z.string(), z.unknown()),
});

/** `GET /teams/:team/workloads/:workload/answers`: for the forms that change a workload. */
export const workloadAnswersSchema = z.object({
  /** Environments that are in the platform repository, in order of promotion. */
  environments: z.array(z.string()),
  /** Environments that a template made, in order of promotion. */
  items: z.array(environmentAnswersSchema),
  /** One for each environment that is in the platform repository and is not the last one. */
  promotions: z.array(promotionSchema),
  /** True when the caller may request changes for the team. */
  mayRequest: z.boolean(),
  /** Runs that are wanted and that a template made, a bounded number of them. */
  runs: z.array(runAnswersSchema),
  /** Name for the next run; absent for a workload that never had one. */
  nextRun: z.string().optional(),
  /** Commit of the platform repository. */
  commit: z.string(),
});
export type WorkloadAnswers = z.infer<typeof workloadAnswersSchema>;
