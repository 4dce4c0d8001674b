import { z } from 'zod';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned, pick, keep } from './projection/projector';

/** @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/types.go, SyncWindow */
const syncWindowSchema = z.object({
  /** `allow` or `deny`. */
  kind: z.string().optional(),
  /** Five fields of cron. */
  schedule: z.string().optional(),
  /** As Go writes it, for example `1h30m`. */
  duration: z.string().optional(),
  timeZone: z.string().optional(),
  applications: z.array(z.string()).optional(),
  namespaces: z.array(z.string()).optional(),
  clusters: z.array(z.string()).optional(),
  /** Syncs that somebody starts are allowed where others are not. */
  manualSync: z.boolean().optional(),
  /** All of applications, clusters and namespaces have to match, instead of one of them. */
  andOperator: z.boolean().optional(),
  description: z.string().optional(),
});
export type SyncWindow = z.infer<typeof syncWindowSchema>;

const appProjectSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      /** Namespaces, besides Argo CD's own, in which an Application may claim the project: names, globs or `/expressions/`. */
      sourceNamespaces: z.array(z.string()).optional(),
      syncWindows: z.array(syncWindowSchema).optional(),
    })
    .default({}),
});
export const appProjectKind = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'AppProject',
  plural: 'appprojects',
  namespaced: true,
  schema: appProjectSchema,
  projection: {
    spec: pick({
      sourceNamespaces: keep,
      syncWindows: interned(
        pick({
          kind: keep,
          schedule: keep,
          duration: keep,
          timeZone: keep,
          applications: keep,
          namespaces: keep,
          clusters: keep,
          manualSync: keep,
          andOperator: keep,
          description: keep,
        }),
      ),
    }),
  },
} satisfies Kind;
