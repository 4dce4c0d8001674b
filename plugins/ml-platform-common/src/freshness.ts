import { z } from 'zod';

/** Why an upstream gave nothing: typed, without hosts, addresses or tokens. */
export const upstreamProblemSchema = z.object({
  /** The system as people call it, for example `Kubernetes (sandbox)`. */
  source: z.string(),
  kind: z.enum([
    /** This deployment has no such system. */
    'absent',
    'unreachable',
    'timeout',
    'unauthorized',
    'forbidden',
    'failed',
  ]),
  /** A sentence for people, for example "The cluster did not answer within 5 s." */
  message: z.string(),
});
export type UpstreamProblem = z.infer<typeof upstreamProblemSchema>;

/** How old what a page shows is, and what is missing from it. Part of every read response. */
export const freshnessSchema = z.object({
  /** When the oldest of the data was read; ISO 8601. Absent when nothing was ever read. */
  asOf: z.iso.datetime().optional(),
  /** True when an upstream is failing and the data shown is the last known. */
  stale: z.boolean(),
  problems: z.array(upstreamProblemSchema),
});
export type Freshness = z.infer<typeof freshnessSchema>;
