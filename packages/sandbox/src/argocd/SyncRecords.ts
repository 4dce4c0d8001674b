import type { SavedState } from '../SavedState';
import type {
  Application,
  HistoryEntry,
  OperationState,
  SavedApplication,
} from './Application';
import { withDeployment } from './automatedSync';
import type { Build } from './BuildCache';
import { RETRY_LIMIT, SyncRetries } from './SyncRetries';

interface SyncRecordsOptions {
  saved: SavedState<SavedApplication>;
  /** The current time in milliseconds. */
  now: () => number;
  /** Syncs an Application again when its retry is due. */
  retry: (application: string) => void;
}

interface SyncRecord {
  history: HistoryEntry[];
  operationState: OperationState;
}

/** Results of sync operations: attempted inputs, retries, and the history that survives restarts. */
export class SyncRecords {
  readonly #options: SyncRecordsOptions;
  readonly #retries = new SyncRetries();
  /** `Build.inputs` of the last sync by Application, whether it succeeded or failed. */
  readonly #attempted = new Map<string, string>();

  constructor(options: SyncRecordsOptions) {
    this.#options = options;
  }

  stop(): void {
    this.#retries.stop();
  }

  /** Returns the state of an Application before a restart. */
  saved(name: string): SavedApplication | undefined {
    return this.#options.saved.get(name);
  }

  isAttempted(name: string, inputs: string): boolean {
    return this.#attempted.get(name) === inputs;
  }

  markAttempted(name: string, inputs: string): void {
    this.#attempted.set(name, inputs);
  }

  isRetryDue(name: string): boolean {
    return this.#retries.isDue(name, this.#options.now());
  }

  cancelRetry(name: string): void {
    this.#retries.cancel(name);
  }

  delete(name: string): void {
    this.#options.saved.delete(name);
    this.#attempted.delete(name);
    this.#retries.cancel(name);
  }

  /** Records the result of a sync operation. @returns what it leaves in the status. */
  record(
    application: Application,
    build: Build,
    operationState: OperationState,
  ): SyncRecord {
    const { name, creationTimestamp } = application.metadata;
    const history = application.status?.history ?? [];
    if (operationState.phase === 'Failed') {
      return {
        history,
        operationState: this.#withRetry(application, operationState),
      };
    }
    this.#retries.cancel(name);
    const saved = this.saved(name);
    if (!application.status?.operationState && saved?.inputs === build.inputs) {
      // First sync after a restart of the sandbox: the same inputs are no new deployment.
      return { history, operationState: saved.operationState };
    }
    const extended = withDeployment(history, operationState);
    this.#options.saved.set(name, {
      creationTimestamp,
      inputs: build.inputs,
      history: extended,
      operationState,
    });
    return { history: extended, operationState };
  }

  /** Schedules a retry of a failed operation, which stays `Running` until the retry limit. */
  #withRetry(
    application: Application,
    operationState: OperationState,
  ): OperationState {
    const { now, retry } = this.#options;
    const { name } = application.metadata;
    const { message } = operationState;
    const last = application.status?.operationState;
    const startedAt =
      last?.phase === 'Running' ? last.startedAt : operationState.startedAt;
    const next = this.#retries.schedule(name, now(), () => retry(name));
    return next
      ? {
          ...operationState,
          startedAt,
          phase: 'Running',
          message: `${message}. Retrying attempt #${
            next.count
          } at ${formatTimeOfDay(next.due)}.`,
          retryCount: next.count,
        }
      : {
          ...operationState,
          startedAt,
          message: `${message} (retried ${RETRY_LIMIT} times).`,
          retryCount: RETRY_LIMIT,
        };
  }
}

/** Formats a time as Go's `time.Kitchen` layout, for example `7:24PM`. */
function formatTimeOfDay(time: number): string {
  const [hours, minutes] = new Date(time)
    .toISOString()
    .slice(11, 16)
    .split(':');
  return `${Number(hours) % 12 || 12}:${minutes}${
    Number(hours) < 12 ? 'AM' : 'PM'
  }`;
}
