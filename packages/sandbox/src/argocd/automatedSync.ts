import type {
  Application,
  HistoryEntry,
  OperationState,
  ResourceStatus,
} from './Application';

const HISTORY_LIMIT = 10;

/** Decides whether to sync now, by Argo CD's rules for automated sync. `problem` is its message when it refuses. */
export function decideSync(options: {
  application: Application;
  resources: ResourceStatus[];
  commit: string;
  /** True if the retry of a sync that failed at this commit is due. */
  isRetryDue: boolean;
  /** True if a sync of the same inputs was attempted at an earlier commit. */
  isAttempted: boolean;
}): { isDue: boolean; problem?: string } {
  const { application, commit, isRetryDue, isAttempted } = options;
  const resources = options.resources.filter(({ status }) => status);
  const automated = application.spec.syncPolicy?.automated;
  const outOfSync = resources.filter(({ status }) => status !== 'Synced');
  const onlyPrune = outOfSync.every(({ requiresPruning }) => requiresPruning);
  if (!automated || outOfSync.length === 0 || (onlyPrune && !automated.prune)) {
    return { isDue: false };
  }
  const last = application.status?.operationState;
  // After an attempt, a failed sync waits for its retry, and a successful one is repeated only with self-heal.
  const hasFailed = last !== undefined && last.phase !== 'Succeeded';
  const mayRepeat = hasFailed ? isRetryDue : automated.selfHeal;
  const isRepetition = last?.syncResult.revision === commit || isAttempted;
  if (isRepetition && !mayRepeat) {
    return { isDue: false };
  }
  return resources.every(({ requiresPruning }) => requiresPruning) &&
    !automated.allowEmpty
    ? {
        isDue: false,
        problem: `Skipping sync attempt to [${commit}]: auto-sync will wipe out all resources`,
      }
    : { isDue: true };
}

/** Appends a deployment to a history, which keeps the latest ten. */
export function withDeployment(
  history: HistoryEntry[],
  operationState: OperationState,
): HistoryEntry[] {
  const { startedAt, finishedAt, syncResult } = operationState;
  const entry: HistoryEntry = {
    id: (history[history.length - 1]?.id ?? -1) + 1,
    revision: syncResult.revision,
    source: syncResult.source,
    deployStartedAt: startedAt,
    deployedAt: finishedAt ?? startedAt,
    initiatedBy: { automated: true },
  };
  return [...history, entry].slice(-HISTORY_LIMIT);
}
