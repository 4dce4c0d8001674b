import { z } from 'zod';

/** Progress of the newest revision of a Deployment, StatefulSet, DaemonSet or Argo Rollout. */
export const rolloutSchema = z.object({
  kind: z.enum(['Deployment', 'StatefulSet', 'DaemonSet', 'Rollout']),
  name: z.string(),
  state: z.enum(['complete', 'progressing', 'paused', 'failed', 'aborted']),
  /** A sentence, for example "2 of 4 pods run the new version." */
  text: z.string(),
  /** Numbers of pods: desired, of the newest revision, and available. */
  desired: z.number().int(),
  updated: z.number().int(),
  available: z.number().int(),
  /** Revision number of a Deployment; otherwise the pod template hash. */
  revision: z.string().optional(),
  pausedAt: z.string().optional(),
  abortedAt: z.string().optional(),
  /** Canary strategy of Argo Rollouts; `step` is the number of completed steps. */
  canary: z
    .object({
      step: z.number().int(),
      steps: z.number().int(),
      /** Percentage of traffic to the new revision. */
      weight: z.number().optional(),
    })
    .optional(),
  /** Blue-green strategy of Argo Rollouts: pod template hashes of the active and the preview service. */
  blueGreen: z
    .object({ active: z.string().optional(), preview: z.string().optional() })
    .optional(),
});
export type Rollout = z.infer<typeof rolloutSchema>;
