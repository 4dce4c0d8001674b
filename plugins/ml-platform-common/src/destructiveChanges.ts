import { z } from 'zod';

/** An effect of a change that cannot be undone by reverting it, or that takes a guard away. */
export const destructiveChangeSchema = z.object({
  code: z.enum([
    'archived-run-changed',
    'bucket-emptied',
    'bucket-removed',
    'cloud-resources-removed',
    'guard-weakened',
    'object-removed',
    'production-from-base',
    'run-changed',
    'source-changed',
    'tenant-removed',
    'volume-lost',
    'workload-removed',
  ]),
  /** File or directory, relative to the repository's root. */
  path: z.string(),
  /** Effect, and what to do, for people. */
  text: z.string(),
  /** Names of environments; empty where it concerns none in particular. */
  environments: z.array(z.string()),
  /** Owners who must agree: teams, and `platform`. */
  approvers: z.array(z.string()),
});
export type DestructiveChange = z.infer<typeof destructiveChangeSchema>;
