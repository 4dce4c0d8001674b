import { z } from 'zod';

/** `GET /groups`: groups of the catalog that the caller may request teams for, by title. */
export const owningGroupsSchema = z.object({
  items: z.array(z.object({ name: z.string(), title: z.string() })),
});
export type OwningGroups = z.infer<typeof owningGroupsSchema>;

/** `GET /teams/:team/plan`: what a team has, for the form that changes it. */
export const teamPlanSchema = z.object({
  /** Commit of the platform repository that the values are from. */
  commit: z.string(),
  /** Values of the form by field. */
  values: z.object({
    team: z.string(),
    /** Name of the group that owns the team. */
    group: z.string(),
    title: z.string(),
    description: z.string(),
    /** By name of the environment. */
    environments: z.record(z.string(), z.object({ tier: z.string() })),
    /** CPUs of the team's share of the queue; text for a quantity that is no whole number. */
    cpu: z.union([z.number(), z.string()]),
    memory: z.string(),
    gpus: z.number().int(),
  }),
});
export type TeamPlan = z.infer<typeof teamPlanSchema>;
