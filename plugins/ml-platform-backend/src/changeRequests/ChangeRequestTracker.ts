import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  Forge,
  PullRequest,
} from '@internal/plugin-ml-platform-node';
import pLimit from 'p-limit';
import type { RolloutProgress } from './RolloutProgress';
import { pollDelay } from './pollDelay';
import type { PullRequestReader } from './PullRequestReader';
import { isSettled, type ChangeRequestRecord } from './changeRequestRecord';
import type { ChangeRequestRecords } from './ChangeRequestRecords';
import { WakeUp } from './WakeUp';

/** Pull requests that are read from the forge at the same time. */
const CONCURRENCY = 4;
/** Changes that come together are looked at together. */
const COALESCE_MS = 100;
/** Pods that contradict Argo CD wake nobody, so they are looked at. */
const DISPUTED_MS = 5_000;
/** However often the webhook tells of something, everything is asked about no more often. */
const SPACING_MS = 1_000;

export interface RequestTrackerOptions {
  forge: Forge;
  store: ClusterStore;
  reader: PullRequestReader;
  follower: RolloutProgress;
  records: ChangeRequestRecords;
  pollSeconds: number;
  logger: LoggerService;
}

/**
 * Follows the pull requests of the platform repository, from their opening until what they change is healthy: a loop
 * that asks the forge, and one that waits for Argo CD.
 */
export class ChangeRequestTracker {
  static create(options: RequestTrackerOptions): ChangeRequestTracker {
    return new ChangeRequestTracker(options);
  }

  readonly #options: RequestTrackerOptions;
  readonly #stopping = new AbortController();
  readonly #forgeWakeUp = WakeUp.create();
  readonly #applicationWakeUp = WakeUp.create();
  readonly #limit = pLimit(CONCURRENCY);
  /** Numbers that the forge's webhook told of. */
  readonly #told = new Set<number>();
  readonly #changedApplications = new Set<string>();
  #followAll = false;
  /** `updatedAt` of the newest pull request that was seen when everything was read. */
  #seen: string | undefined;
  #asOf: string | undefined;
  #problem: UpstreamProblem | undefined;
  #failures = 0;
  #polledAt = 0;
  #nextPollAt = 0;
  #toldAt: number | undefined;
  #loops: Promise<unknown> | undefined;
  #unsubscribe: (() => void) | undefined;

  private constructor(options: RequestTrackerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#unsubscribe = this.#options.store.subscribe(
      ({ type, object, previous }) => {
        const name = (object ?? previous)?.metadata.name;
        if (type === 'applications' && name !== undefined) {
          this.#changedApplications.add(name);
          this.#applicationWakeUp.wake();
        }
      },
    );
    this.#loops = Promise.all([this.#followForge(), this.#followArgoCd()]);
  }

  async stop(): Promise<void> {
    this.#unsubscribe?.();
    this.#stopping.abort();
    this.#forgeWakeUp.wake();
    this.#applicationWakeUp.wake();
    await this.#loops;
  }

  /** When the forge was last asked about everything, and what is wrong with it since. */
  freshness(): { asOf?: string; problem?: UpstreamProblem } {
    return { asOf: this.#asOf, problem: this.#problem };
  }

  /** The forge says that something happened: to a pull request, to a commit, or somewhere. It is asked what. */
  wake(about: { number?: number; commit?: string }): void {
    this.#toldAt = Date.now();
    const { number, commit } = about;
    const ofCommit = this.#options.records
      .all()
      .filter(record => commit !== undefined && record.headCommit === commit)
      .map(record => record.number);
    for (const told of number === undefined ? ofCommit : [number]) {
      this.#told.add(told);
    }
    if (number === undefined && commit === undefined) {
      this.#nextPollAt = this.#polledAt + SPACING_MS;
    }
    this.#forgeWakeUp.wake();
  }

  async #followForge(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      if (Date.now() >= this.#nextPollAt) {
        await this.#poll();
      } else {
        await this.#readTold();
      }
      await this.#forgeWakeUp.wait(this.#nextPollAt - Date.now());
      await this.#pause();
    }
  }

  async #poll(): Promise<void> {
    const startedAt = new Date().toISOString();
    try {
      await this.#readChanged();
      this.#asOf = startedAt;
      this.#problem = undefined;
      this.#failures = 0;
    } catch (error) {
      this.#fail(error);
    }
    this.#polledAt = Date.now();
    this.#nextPollAt =
      this.#polledAt +
      pollDelay({
        pollSeconds: this.#options.pollSeconds,
        failures: this.#failures,
        sinceToldMs: Date.now() - (this.#toldAt ?? -Infinity),
      });
    this.#followAll = true;
    this.#applicationWakeUp.wake();
  }

  async #readChanged(): Promise<void> {
    const { forge, records } = this.#options;
    const pulls = await forge.listPullRequests({ since: this.#seen });
    const seen = this.#seen ?? newestChange(records.all());
    // Times are whole seconds: what was the newest may have changed again within its own.
    const changed = pulls.filter(
      ({ number, updatedAt }) =>
        updatedAt >= seen || records.get(number)?.updatedAt !== updatedAt,
    );
    const numbers = new Set(changed.map(({ number }) => number));
    const others = records.all().filter(record => !numbers.has(record.number));
    await this.#all([
      ...changed.map(pull => () => unlessGone(() => this.#read(pull))),
      ...others
        .filter(isOpen)
        .map(record => () => unlessGone(() => this.#readChecks(record))),
      ...others.filter(isUnresolved).map(
        ({ number }) =>
          () =>
            this.#readNumber(number),
      ),
    ]);
    this.#seen = pulls[0]?.updatedAt ?? this.#seen;
  }

  /** Everything is tried, whatever fails of it. */
  async #all(tasks: Array<() => Promise<void>>): Promise<void> {
    const results = await Promise.allSettled(
      tasks.map(task =>
        this.#limit(async () => {
          if (!this.#stopping.signal.aborted) {
            await task();
          }
        }),
      ),
    );
    const failed = results.find(({ status }) => status === 'rejected');
    if (failed?.status === 'rejected') {
      throw failed.reason;
    }
  }

  async #readTold(): Promise<void> {
    const told = [...this.#told];
    this.#told.clear();
    try {
      await this.#all(told.map(number => () => this.#readNumber(number)));
    } catch (error) {
      this.#fail(error);
      // The next poll reads everything that changed since the last one that succeeded.
      this.#nextPollAt = Math.min(
        this.#nextPollAt,
        Date.now() + this.#options.pollSeconds * 1_000,
      );
    }
  }

  async #readNumber(number: number): Promise<void> {
    await unlessGone(async () =>
      this.#read(await this.#options.forge.getPullRequest(number)),
    );
  }

  async #read(pull: PullRequest): Promise<void> {
    const { reader, records } = this.#options;
    const record = await reader.read(pull, records.get(pull.number));
    if (!record) {
      records.remove(pull.number);
      return;
    }
    records.put(record);
    if (record.merge) {
      record.applications.forEach(({ name }) =>
        this.#changedApplications.add(name),
      );
      this.#applicationWakeUp.wake();
    }
  }

  async #readChecks({
    number,
    headCommit,
  }: ChangeRequestRecord): Promise<void> {
    const { forge, records } = this.#options;
    const checks = await forge.listChecks(headCommit);
    const record = records.get(number);
    if (record?.headCommit === headCommit) {
      records.put({ ...record, checks });
    }
  }

  async #followArgoCd(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      const changed = new Set(this.#changedApplications);
      const followAll = this.#followAll;
      this.#changedApplications.clear();
      this.#followAll = false;
      for (const record of this.#options.records.all()) {
        const mayMove = record.applications.some(
          application =>
            !isSettled(application) &&
            (followAll ||
              application.healthy.disputed ||
              changed.has(application.name)),
        );
        if (record.merge && mayMove && !this.#stopping.signal.aborted) {
          await this.#follow(record);
        }
      }
      const isDisputed = this.#options.records
        .all()
        .some(({ applications }) =>
          applications.some(({ healthy }) => healthy.disputed),
        );
      await this.#applicationWakeUp.wait(isDisputed ? DISPUTED_MS : undefined);
      await this.#pause();
    }
  }

  async #follow(record: ChangeRequestRecord): Promise<void> {
    const { follower, records, logger } = this.#options;
    try {
      const { applications } = await follower.follow(record);
      if (applications !== record.applications) {
        records.advance(record.number, applications);
      }
    } catch (error) {
      logger.error(`Request ${record.number} is not followed`, toError(error));
    }
  }

  async #pause(): Promise<void> {
    const { signal } = this.#stopping;
    await sleep(COALESCE_MS, undefined, { signal, ref: false }).catch(() => {});
  }

  #fail(error: unknown): void {
    const { name, message } = toError(error);
    const isUpstream = ['ServiceUnavailableError', 'NotFoundError'].includes(
      name,
    );
    if (this.#failures === 0) {
      this.#options.logger.warn(
        'The requests stay as they were last known',
        toError(error),
      );
    }
    this.#failures += 1;
    this.#problem = {
      source: 'Forge',
      kind: isUpstream ? 'unreachable' : 'failed',
      message: isUpstream
        ? message
        : 'The forge answered something that the portal cannot use.',
    };
  }
}

/** One that is gone, or whose commits are, must not keep the others from being read. */
async function unlessGone(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isError(error) || error.name !== 'NotFoundError') {
      throw error;
    }
  }
}

function newestChange(records: ChangeRequestRecord[]): string {
  const times = records.map(({ updatedAt }) => updatedAt).sort();
  return times.at(-1) ?? '';
}

function isOpen({ state }: ChangeRequestRecord): boolean {
  return state === 'open';
}

/** Its merge was seen before the clone had it. */
function isUnresolved({ merge, resolvedAt }: ChangeRequestRecord): boolean {
  return merge !== undefined && resolvedAt !== merge.commit;
}
