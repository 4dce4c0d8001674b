import {
  healthStatusSchema,
  syncStatusSchema,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { metadataSchema } from './metadata';

const sourceSchema = z.object({
  repoURL: z.string().optional(),
  path: z.string().optional(),
  chart: z.string().optional(),
  targetRevision: z.string().optional(),
  /** Name by which other sources refer to files of this one. */
  ref: z.string().optional(),
});
export type ApplicationSource = z.infer<typeof sourceSchema>;

const destinationSchema = z.object({
  server: z.string().optional(),
  name: z.string().optional(),
  namespace: z.string().optional(),
});

const specSchema = z.object({
  /** The AppProject, which decides who owns the Application: see `ownership.ts`. */
  project: z.string(),
  source: sourceSchema.optional(),
  sources: z.array(sourceSchema).optional(),
  destination: destinationSchema.optional(),
  syncPolicy: z
    .object({
      automated: z
        .object({
          /** Automatic syncs are on unless this is false. */
          enabled: z.boolean().optional(),
          prune: z.boolean().optional(),
          selfHeal: z.boolean().optional(),
        })
        .optional(),
    })
    .optional(),
});

const historySchema = z.object({
  id: z.number().default(0),
  revision: z.string().optional(),
  /** One for each of `sources`. */
  revisions: z.array(z.string()).optional(),
  source: sourceSchema.optional(),
  sources: z.array(sourceSchema).optional(),
  deployStartedAt: z.string().optional(),
  deployedAt: z.string().optional(),
});
export type ApplicationHistoryEntry = z.infer<typeof historySchema>;

const identitySchema = z.object({
  group: z.string().optional(),
  kind: z.string(),
  name: z.string(),
});

/**
 * Result of a sync for one resource or hook.
 *
 * @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/types.go, ResourceResult
 */
const resourceResultSchema = identitySchema.extend({
  /** `Synced`, `SyncFailed`, `Pruned` or `PruneSkipped`; empty for hooks. */
  status: z.string().optional(),
  message: z.string().optional(),
  /** `PreSync`, `Sync`, `PostSync` or `SyncFail`; empty for other resources. */
  hookType: z.string().optional(),
  /** `Running`, `Succeeded`, `Failed`, `Error` or `Terminating`; also of resources that are no hooks. */
  hookPhase: z.string().optional(),
});
export type ResourceResult = z.infer<typeof resourceResultSchema>;

const operationStateSchema = z.object({
  phase: z
    .enum(['Running', 'Terminating', 'Failed', 'Error', 'Succeeded'])
    .optional()
    .catch(undefined),
  message: z.string().optional(),
  /** Retries of a failed sync; the phase is Running meanwhile. */
  retryCount: z.number().optional(),
  startedAt: z.string().optional(),
  /** Set while the phase is Running: the last attempt failed, and the next one is due later. */
  finishedAt: z.string().optional(),
  syncResult: z
    .object({
      revision: z.string().optional(),
      revisions: z.array(z.string()).optional(),
      /** Only those with more to say than that they were applied: see `application.ts`. */
      resources: z.array(resourceResultSchema).optional(),
    })
    .optional(),
});

/** State of one managed resource, as Argo CD compared it last. */
const resourceStatusSchema = identitySchema.extend({
  namespace: z.string().optional(),
  status: z.string().optional(),
  /** Absent since Argo CD 3.0, unless `controller.resource.health.persist` is set. */
  health: z
    .object({ status: z.string().optional(), message: z.string().optional() })
    .optional(),
  requiresPruning: z.boolean().optional(),
  requiresDeletionConfirmation: z.boolean().optional(),
});

const statusSchema = z.object({
  sync: z
    .object({
      status: syncStatusSchema.catch('Unknown'),
      revision: z.string().optional(),
      /** One for each of the sources. */
      revisions: z.array(z.string()).optional(),
      /** The part of the specification that this status is about. */
      comparedTo: z
        .object({
          source: sourceSchema.optional(),
          sources: z.array(sourceSchema).optional(),
          destination: destinationSchema.optional(),
        })
        .optional(),
    })
    .optional(),
  health: z
    .object({
      status: healthStatusSchema.catch('Unknown'),
      message: z.string().optional(),
      lastTransitionTime: z.string().optional(),
    })
    .optional(),
  summary: z.object({ images: z.array(z.string()).optional() }).optional(),
  /** When Argo CD last compared the Application and assessed its health. */
  reconciledAt: z.string().optional(),
  /** Only the notable ones: see `application.ts`. */
  resources: z.array(resourceStatusSchema).optional().catch(undefined),
  conditions: z
    .array(
      z.object({
        type: z.string(),
        message: z.string().default(''),
        lastTransitionTime: z.string().optional(),
      }),
    )
    .default([]),
  /** Oldest first; failed syncs are not in it. */
  history: z.array(historySchema).default([]),
  operationState: operationStateSchema.optional(),
  /** State of the source hydrator, which renders one branch into another. */
  sourceHydrator: z
    .object({
      currentOperation: z
        .object({
          phase: z.string().optional(),
          message: z.string().optional(),
          finishedAt: z.string().optional(),
        })
        .optional(),
      /** The commit that was rendered, and the commit that came out of it. */
      lastSuccessfulOperation: z
        .object({
          drySHA: z.string().optional(),
          hydratedSHA: z.string().optional(),
        })
        .optional(),
    })
    .optional(),
});

export const applicationSchema = z.object({
  metadata: metadataSchema,
  spec: specSchema,
  status: statusSchema.default({ conditions: [], history: [] }),
});
/** Argo CD's Application. */
export type Application = z.infer<typeof applicationSchema>;
