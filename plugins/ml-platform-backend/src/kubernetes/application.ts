import {
  healthStatusSchema,
  syncStatusSchema,
  type ApplicationSummary,
} from '@internal/plugin-ml-platform-common';
import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { metadataSchema } from './metadata';

export const applicationSchema = z.object({
  metadata: metadataSchema,
  spec: z.object({ project: z.string() }),
  status: z
    .object({
      sync: z
        .object({
          status: syncStatusSchema.catch('Unknown'),
          revision: z.string().optional(),
        })
        .optional(),
      health: z
        .object({ status: healthStatusSchema.catch('Unknown') })
        .optional(),
      conditions: z
        .array(z.object({ type: z.string(), message: z.string() }))
        .default([]),
      /** Oldest first; a failed sync is not in it. */
      history: z
        .array(
          z.object({
            id: z.number().default(0),
            revision: z.string().optional(),
            deployStartedAt: z.string().optional(),
            deployedAt: z.string().optional(),
          }),
        )
        .default([]),
      operationState: z
        .object({
          phase: z
            .enum(['Running', 'Terminating', 'Failed', 'Error', 'Succeeded'])
            .optional()
            .catch(undefined),
          message: z.string().optional(),
          /** Of a failed sync that Argo CD tries again; its phase is Running meanwhile. */
          retryCount: z.number().optional(),
          startedAt: z.string().optional(),
          finishedAt: z.string().optional(),
        })
        .optional(),
    })
    .default({ conditions: [], history: [] }),
});
export type Application = z.infer<typeof applicationSchema>;

/** An Application with nothing but what pages show. */
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
    // The last operation may have failed, or have been a sync of what was deployed already.
    deployedAt: newest?.deployedAt,
    operation: operationState?.phase && {
      phase: operationState.phase,
      startedAt: operationState.startedAt,
      finishedAt: operationState.finishedAt,
      retries: operationState.retryCount ?? 0,
    },
  };
}

/** What failed to build or to sync, in Argo CD's words. */
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
