import { z } from 'zod';

/** How far the newest version of a Deployment, StatefulSet, DaemonSet or Argo Rollout has come. */
export const rolloutSchema = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']),
  name: z.string(),
  state: z.enum(['complete', 'progressing', 'paused', 'failed', 'aborted']),
  /** A sentence, for example "2 of 4 pods run the new version." */
  text: z.string(),
  /** Pods wanted, of the newest version, and able to serve. */
  desired: z.number().int(),
  updated: z.number().int(),
  available: z.number().int(),
  /** The number of a Deployment's revision; the hash of the pods' template otherwise. */
  revision: z.string().optional(),
  pausedAt: z.string().optional(),
  /** Argo Rollouts, canary: `step` is the number of steps that are done. */
  canary: z
    .object({
      step: z.number().int(),
      steps: z.number().int(),
      /** Percent of requests that the new version gets. */
      weight: z.number().optional(),
    })
    .optional(),
  /** Argo Rollouts, blue-green: the pod hashes that serve and that wait to. */
  blueGreen: z
    .object({ active: z.string().optional(), preview: z.string().optional() })
    .optional(),
});
export type Rollout = z.infer<typeof rolloutSchema>;
