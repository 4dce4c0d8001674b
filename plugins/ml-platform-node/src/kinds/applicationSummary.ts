import type { ApplicationSummary } from '@internal/plugin-ml-platform-common';
import { applicationConditions } from './applicationConditions';
import {
  mainRevision,
  newestSync,
  notableSources,
} from './applicationRevisions';
import type { Application } from './applicationSchema';

/** Retries of a sync: a count while it runs, a part of the message afterwards. */
function retriesOf({
  retryCount,
  message,
}: NonNullable<Application['status']['operationState']>): number {
  const [, retried] = /\(retried (\d+) times\)/.exec(message ?? '') ?? [];
  return retryCount ?? Number(retried ?? 0);
}

/** The parts of an Application that pages show. */
export function summariseApplication(
  application: Application,
): ApplicationSummary {
  const { metadata, status } = application;
  const { sync, health, operationState } = status;
  const newest = newestSync(application);
  const deployed = newest ?? { ...application.spec, ...sync };
  return {
    name: metadata.name,
    sync: sync?.status ?? 'Unknown',
    health: health?.status ?? 'Unknown',
    revision: mainRevision(deployed),
    sources: notableSources(deployed),
    conditions: applicationConditions(status),
    // The last operation may have failed, or have synced a revision that was deployed already.
    deployedAt: newest?.deployedAt,
    operation: operationState?.phase && {
      phase: operationState.phase,
      startedAt: operationState.startedAt,
      finishedAt: operationState.finishedAt,
      retries: retriesOf(operationState),
    },
  };
}
