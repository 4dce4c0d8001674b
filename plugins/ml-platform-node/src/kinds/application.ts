import {
  healthStatusSchema,
  syncStatusSchema,
  type ApplicationSummary,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { redactAddresses } from '../upstream';
import { conditionsProjector } from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import { interned, keep, pick, text } from './projection/projector';

const sourceSchema = z.object({
  repoURL: z.string().optional(),
  path: z.string().optional(),
  chart: z.string().optional(),
  targetRevision: z.string().optional(),
});
export type ApplicationSource = z.infer<typeof sourceSchema>;

const specSchema = z.object({
  /** The AppProject, which decides who owns the Application: see `ownership.ts`. */
  project: z.string(),
  source: sourceSchema.optional(),
  sources: z.array(sourceSchema).optional(),
  destination: z
    .object({
      server: z.string().optional(),
      name: z.string().optional(),
      namespace: z.string().optional(),
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

const operationStateSchema = z.object({
  phase: z
    .enum(['Running', 'Terminating', 'Failed', 'Error', 'Succeeded'])
    .optional()
    .catch(undefined),
  message: z.string().optional(),
  /** Retries of a failed sync; the phase is Running meanwhile. */
  retryCount: z.number().optional(),
  startedAt: z.string().optional(),
  finishedAt: z.string().optional(),
  syncResult: z.object({ revision: z.string().optional() }).optional(),
});

const statusSchema = z.object({
  sync: z
    .object({
      status: syncStatusSchema.catch('Unknown'),
      revision: z.string().optional(),
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
  conditions: z
    .array(
      z.object({
        type: z.string(),
        message: z.string(),
        lastTransitionTime: z.string().optional(),
      }),
    )
    .default([]),
  /** Oldest first; failed syncs are not in it. */
  history: z.array(historySchema).default([]),
  operationState: operationStateSchema.optional(),
});

export const applicationSchema = z.object({
  metadata: metadataSchema,
  spec: specSchema,
  status: statusSchema.default({ conditions: [], history: [] }),
});
/** Argo CD's Application. */
export type Application = z.infer<typeof applicationSchema>;

const sourceProjector = interned(
  pick({ repoURL: keep, path: keep, chart: keep, targetRevision: keep }),
);

export const applicationKind = {
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  plural: 'applications',
  namespaced: true,
  schema: applicationSchema,
  projection: {
    spec: pick({
      project: text,
      source: sourceProjector,
      sources: sourceProjector,
      destination: interned(),
      syncPolicy: interned(pick({ automated: keep })),
    }),
    status: pick({
      sync: pick({ status: text, revision: text, revisions: keep }),
      health: pick({ status: text, message: keep, lastTransitionTime: keep }),
      summary: pick({ images: keep, externalURLs: keep }),
      reconciledAt: keep,
      operationState: pick({
        phase: text,
        message: keep,
        startedAt: keep,
        finishedAt: keep,
        retryCount: keep,
        syncResult: pick({ revision: text, revisions: keep }),
      }),
      conditions: conditionsProjector,
      history: pick({
        id: keep,
        revision: text,
        revisions: keep,
        source: sourceProjector,
        sources: sourceProjector,
        deployStartedAt: keep,
        deployedAt: keep,
      }),
    }),
  },
} satisfies Kind;

/** The parts of an Application that pages show. */
export function summariseApplication({
  metadata,
  status,
}: Application): ApplicationSummary {
  const { sync, health, history, operationState } = status;
  const newest = history.at(-1);
  return {
    name: metadata.name,
    sync: sync?.status ?? 'Unknown',
    health: health?.status ?? 'Unknown',
    revision: newest?.revision ?? sync?.revision,
    conditions: applicationConditions(status),
    // The last operation may have failed, or have synced a revision that was deployed already.
    deployedAt: newest?.deployedAt,
    operation: operationState?.phase && {
      phase: operationState.phase,
      startedAt: operationState.startedAt,
      finishedAt: operationState.finishedAt,
      retries: operationState.retryCount ?? 0,
    },
  };
}

/** Build and sync failures, as Argo CD words them. */
export function applicationConditions({
  conditions,
  operationState,
}: Application['status']): ApplicationSummary['conditions'] {
  const isFailing =
    operationState?.phase === 'Failed' ||
    operationState?.phase === 'Error' ||
    (operationState?.phase === 'Running' && operationState.retryCount);
  const failedSync =
    isFailing && operationState.message
      ? [{ type: 'SyncError', message: operationState.message }]
      : [];
  return [...conditions, ...failedSync]
    .map(({ type, message }) => ({ type, message: redactAddresses(message) }))
    .filter(
      (condition, index, all) =>
        all.findIndex(({ message }) => message === condition.message) === index,
    );
}
