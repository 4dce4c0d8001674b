import { z } from 'zod';

/** Problem of an upstream, without hosts, addresses or tokens. */
export const upstreamProblemSchema = z.object({
  /** Display name of the upstream, for example `Kubernetes (sandbox)`. */
  source: z.string(),
  kind: z.enum([
    /** The upstream is not configured. */
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

/** Age and completeness of the data of a response. Part of every read response. */
export const freshnessSchema = z.object({
  /** Time at which the oldest of the data was read; ISO 8601. Absent when nothing was ever read. */
  asOf: z.iso.datetime().optional(),
  /** True when an upstream fails and the data is the last known. */
  stale: z.boolean(),
  problems: z.array(upstreamProblemSchema),
});
export type Freshness = z.infer<typeof freshnessSchema>;
