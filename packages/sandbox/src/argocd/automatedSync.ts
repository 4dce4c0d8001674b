import type {
  Application,
  HistoryEntry,
  OperationState,
  ResourceStatus,
} from './Application';

const HISTORY_LIMIT = 10;

/** Whether to sync now, by Argo CD's rules for automated sync; `problem` is its text for why not. */
export function decideSync(options: {
  application: Application;
  resources: ResourceStatus[];
  commit: string;
  /** Whether a sync that failed at this commit may be tried again. */
  isRetryDue: boolean;
  /** Whether what Git wants now was synced, or failed to be, at an earlier commit. */
  wasTried: boolean;
}): { isDue: boolean; problem?: string } {
  const { application, resources, commit, isRetryDue, wasTried } = options;
  const automated = application.spec.syncPolicy?.automated;
  const outOfSync = resources.filter(({ status }) => status !== 'Synced');
  const onlyPrune = outOfSync.every(({ requiresPruning }) => requiresPruning);
  if (!automated || outOfSync.length === 0 || (onlyPrune && !automated.prune)) {
    return { isDue: false };
  }
  const last = application.status?.operationState;
  // At a commit that was tried already, a failed sync waits for its retry, and a good one needs self-heal.
  const hasFailed = last !== undefined && last.phase !== 'Succeeded';
  const mayRepeat = hasFailed ? isRetryDue : automated.selfHeal;
  const isTried = last?.syncResult.revision === commit || wasTried;
  if (isTried && !mayRepeat) {
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

/** The history with one more deployment; the oldest are forgotten. */
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
    deployedAt: finishedAt,
    initiatedBy: { automated: true },
  };
  return [...history, entry].slice(-HISTORY_LIMIT);
}
