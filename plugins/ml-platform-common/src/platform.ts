import { z } from 'zod';
import { upstreamProblemSchema } from './freshness';
import { environmentSchema } from './names';

/** `GET /platform`: data for forms and headers. */
export const platformInfoSchema = z.object({
  /** True when the embedded sandbox simulates the platform. */
  sandbox: z.boolean(),
  /** Web page of the platform repository's pull requests; http(s) only. */
  forgeUrl: z.string().optional(),
  environments: z.array(environmentSchema),
  /** Teams for which the caller may request changes. */
  requestableTeams: z.array(z.object({ name: z.string(), title: z.string() })),
  /** Problems that may be the reason for missing teams. */
  problems: z.array(upstreamProblemSchema).optional(),
  /** Sentences: where the portal's configuration differs from `platform.yaml` of the platform repository. */
  planDifferences: z.array(z.string()).optional(),
});
export type PlatformInfo = z.infer<typeof platformInfoSchema>;

/** `GET /teams/:team/names/:name`: availability of a name for a new workload of the team. */
export const nameAvailabilitySchema = z.object({
  available: z.boolean(),
  /** The reason when the name is not available. */
  reason: z.string().optional(),
  /** The entity or pull request that has the name. */
  link: z.object({ title: z.string(), url: z.string() }).optional(),
  /** Sources that could not be read; the name is checked again when the change request is created. */
  unchecked: z.array(z.string()),
});
export type NameAvailability = z.infer<typeof nameAvailabilitySchema>;
