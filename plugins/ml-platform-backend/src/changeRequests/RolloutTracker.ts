import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { ClusterStore } from '@internal/plugin-ml-platform-node';
import { isSettled, type ChangeRequestRecord } from './changeRequestRecord';
import type { ChangeRequestRecords } from './ChangeRequestRecords';
import type { RolloutProgress } from './RolloutProgress';
import { WakeUp } from './WakeUp';

/** Changes within this time are handled together. */
const COALESCE_MS = 100;
/** Interval of checks while pods contradict Argo CD: changes of pods do not wake the loop. */
const DISPUTED_MS = 5_000;

export interface RolloutTrackerOptions {
  store: ClusterStore;
  progress: RolloutProgress;
  records: ChangeRequestRecords;
  logger: LoggerService;
}

/** Tracks merged change requests until their Applications are healthy: a loop that waits for changes of Applications. */
export class RolloutTracker {
  readonly #options: RolloutTrackerOptions;
  readonly #stopping = new AbortController();
  readonly #wakeUp = new WakeUp();
  readonly #changedApplications = new Set<string>();
  #advanceAll = false;
  #loop: Promise<void> | undefined;
  #unsubscribe: (() => void) | undefined;

  constructor(options: RolloutTrackerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.store.subscribe(
      ({ type, object, previous }) => {
        const name = (object ?? previous)?.metadata.name;
        if (type === 'applications' && name !== undefined) {
          this.markChanged([name]);
        }
      },
    );
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#stopping.abort();
    this.#wakeUp.wake();
    await this.#loop;
  }

  /** Makes the loop look at change requests of these Applications. */
  markChanged(applications: string[]): void {
    applications.forEach(name => this.#changedApplications.add(name));
    this.#wakeUp.wake();
  }

  /** Makes the loop look at all merged change requests. */
  markAllChanged(): void {
    this.#advanceAll = true;
    this.#wakeUp.wake();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await this.#advanceChanged();
      const isDisputed = this.#options.records
        .all()
        .some(({ applications }) =>
          applications.some(({ healthy }) => healthy.disputed),
        );
      await this.#wakeUp.wait(isDisputed ? DISPUTED_MS : undefined);
      await sleep(COALESCE_MS, undefined, { signal, ref: false }).catch(
        () => {},
      );
    }
  }

  async #advanceChanged(): Promise<void> {
    const changed = new Set(this.#changedApplications);
    const advanceAll = this.#advanceAll;
    this.#changedApplications.clear();
    this.#advanceAll = false;
    for (const record of this.#options.records.all()) {
      const canAdvance = record.applications.some(
        application =>
          !isSettled(application) &&
          (advanceAll ||
            application.healthy.disputed ||
            changed.has(application.name)),
      );
      if (record.merge && canAdvance && !this.#stopping.signal.aborted) {
        await this.#advance(record);
      }
    }
  }

  async #advance(record: ChangeRequestRecord): Promise<void> {
    const { progress, records, logger } = this.#options;
    try {
      const { applications } = await progress.advance(record);
      if (applications !== record.applications) {
        records.advance(record.number, applications);
      }
    } catch (error) {
      logger.error(
        `Failed to track the rollout of change request ${record.number}`,
        toError(error),
      );
    }
  }
}
