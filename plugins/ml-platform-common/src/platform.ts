import { z } from 'zod';
import { upstreamProblemSchema } from './freshness';
import { environmentSchema } from './names';

/** `GET /platform`: what forms and headers need to know. */
export const platformInfoSchema = z.object({
  /** True while the embedded sandbox plays the platform. */
  sandbox: z.boolean(),
  /** The forge's page of the platform repository's pull requests; http(s) only. */
  forgeUrl: z.string().optional(),
  environments: z.array(environmentSchema),
  /** Teams that the caller may request changes for, by name. */
  requestableTeams: z.array(z.object({ name: z.string(), title: z.string() })),
  /** Why teams may be missing, when an upstream could not be asked. */
  problems: z.array(upstreamProblemSchema).optional(),
});
export type PlatformInfo = z.infer<typeof platformInfoSchema>;

/** `GET /teams/:team/names/:name`: may a new workload of the team have this name? */
export const nameAvailabilitySchema = z.object({
  available: z.boolean(),
  /** What stands in the way, in words, when not available. */
  reason: z.string().optional(),
  /** The entity or pull request that has the name. */
  link: z.object({ title: z.string(), url: z.string() }).optional(),
  /** Sources that could not be asked; the check runs again when the request is made. */
  unchecked: z.array(z.string()),
});
export type NameAvailability = z.infer<typeof nameAvailabilitySchema>;
