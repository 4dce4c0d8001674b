import { setTimeout as sleep } from 'node:timers/promises';
import type { LoggerService } from '@backstage/backend-plugin-api';
import { isError, toError } from '@backstage/errors';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import type { Forge, PullRequest } from '@internal/plugin-ml-platform-node';
import pLimit from 'p-limit';
import type { ChangeRequestRecord } from './changeRequestRecord';
import type { ChangeRequestRecords } from './ChangeRequestRecords';
import { pollDelay } from './pollDelay';
import type { PullRequestReader } from './PullRequestReader';
import { WakeUp } from './WakeUp';

/** Pull requests that are read from the forge at the same time. */
const CONCURRENCY = 4;
/** Webhooks within this time are handled together. */
const COALESCE_MS = 100;
/** Minimum interval between full polls, however many webhooks arrive. */
const MIN_POLL_INTERVAL_MS = 1_000;

export interface ForgePollerOptions {
  forge: Forge;
  reader: PullRequestReader;
  records: ChangeRequestRecords;
  pollSeconds: number;
  logger: LoggerService;
  /** Called with the Applications of a merged change request that was read. */
  onMerged: (applications: string[]) => void;
  /** Called after every poll. */
  onPolled: () => void;
}

/** Keeps change requests up to date with the forge: a loop that polls, and reads what webhooks name in between. */
export class ForgePoller {
  readonly #options: ForgePollerOptions;
  readonly #stopping = new AbortController();
  readonly #wakeUp = new WakeUp();
  readonly #limit = pLimit(CONCURRENCY);
  /** Numbers that webhooks named. */
  readonly #notified = new Set<number>();
  /** `updatedAt` of the newest pull request at the last successful poll. */
  #newestUpdate: string | undefined;
  #asOf: string | undefined;
  #problem: UpstreamProblem | undefined;
  #failures = 0;
  #polledAt = 0;
  #nextPollAt = 0;
  #webhookAt = -Infinity;
  #loop: Promise<void> | undefined;

  constructor(options: ForgePollerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wakeUp.wake();
    await this.#loop;
  }

  /** Time of the last successful poll, and the problem since. */
  freshness(): { asOf?: string; problem?: UpstreamProblem } {
    return { asOf: this.#asOf, problem: this.#problem };
  }

  /** Reads what a webhook names: a pull request, those with a head commit or, without either, everything that changed. */
  notify({ number, commit }: { number?: number; commit?: string }): void {
    this.#webhookAt = Date.now();
    const withCommit = this.#options.records
      .all()
      .filter(record => commit !== undefined && record.headCommit === commit)
      .map(record => record.number);
    for (const notified of number === undefined ? withCommit : [number]) {
      this.#notified.add(notified);
    }
    if (number === undefined && commit === undefined) {
      this.#nextPollAt = this.#polledAt + MIN_POLL_INTERVAL_MS;
    }
    this.#wakeUp.wake();
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      if (Date.now() >= this.#nextPollAt) {
        await this.#poll();
      } else {
        await this.#readNotified();
      }
      await this.#wakeUp.wait(this.#nextPollAt - Date.now());
      await sleep(COALESCE_MS, undefined, { signal, ref: false }).catch(
        () => {},
      );
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
        msSinceWebhook: Date.now() - this.#webhookAt,
      });
    this.#options.onPolled();
  }

  async #readChanged(): Promise<void> {
    const { forge, records } = this.#options;
    const pulls = await forge.listPullRequests({ since: this.#newestUpdate });
    const newest = this.#newestUpdate ?? newestUpdate(records.all());
    // Times are whole seconds: the newest one can have changed again within its second.
    const changed = pulls.filter(
      ({ number, updatedAt }) =>
        updatedAt >= newest || records.get(number)?.updatedAt !== updatedAt,
    );
    const numbers = new Set(changed.map(({ number }) => number));
    const others = records.all().filter(record => !numbers.has(record.number));
    await this.#readAll([
      ...changed.map(pull => () => ignoreNotFound(() => this.#read(pull))),
      ...others
        .filter(isOpen)
        .map(record => () => ignoreNotFound(() => this.#readChecks(record))),
      ...others.filter(isUnresolved).map(
        ({ number }) =>
          () =>
            this.#readNumber(number),
      ),
    ]);
    this.#newestUpdate = pulls[0]?.updatedAt ?? this.#newestUpdate;
  }

  /** Runs all tasks, even if some fail; then throws the first error. */
  async #readAll(tasks: Array<() => Promise<void>>): Promise<void> {
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

  async #readNotified(): Promise<void> {
    const notified = [...this.#notified];
    this.#notified.clear();
    try {
      await this.#readAll(
        notified.map(number => () => this.#readNumber(number)),
      );
    } catch (error) {
      this.#fail(error);
      // The next poll reads everything that changed since the last successful one.
      this.#nextPollAt = Math.min(
        this.#nextPollAt,
        Date.now() + this.#options.pollSeconds * 1_000,
      );
    }
  }

  async #readNumber(number: number): Promise<void> {
    await ignoreNotFound(async () =>
      this.#read(await this.#options.forge.getPullRequest(number)),
    );
  }

  async #read(pull: PullRequest): Promise<void> {
    const { reader, records, onMerged } = this.#options;
    const record = await reader.read(pull, records.get(pull.number));
    if (!record) {
      records.remove(pull.number);
      return;
    }
    records.put(record);
    if (record.merge) {
      onMerged(record.applications.map(({ name }) => name));
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

  #fail(error: unknown): void {
    const { name, message } = toError(error);
    const isUpstream = ['ServiceUnavailableError', 'NotFoundError'].includes(
      name,
    );
    if (this.#failures === 0) {
      this.#options.logger.warn(
        'Failed to read change requests from the forge; keeping their last known state',
        toError(error),
      );
    }
    this.#failures += 1;
    this.#problem = {
      source: 'Forge',
      kind: isUpstream ? 'unreachable' : 'failed',
      message: isUpstream
        ? message
        : 'The forge sent a response that the portal cannot use.',
    };
  }
}

/** Ignores 404s, so that one deleted pull request or commit does not fail the whole poll. */
async function ignoreNotFound(read: () => Promise<void>): Promise<void> {
  try {
    await read();
  } catch (error) {
    if (!isError(error) || error.name !== 'NotFoundError') {
      throw error;
    }
  }
}

function newestUpdate(records: ChangeRequestRecord[]): string {
  const times = records.map(({ updatedAt }) => updatedAt).sort();
  return times.at(-1) ?? '';
}

function isOpen({ state }: ChangeRequestRecord): boolean {
  return state === 'open';
}

/** Checks if the merge was seen before the clone had its commit. */
function isUnresolved({ merge, resolvedAt }: ChangeRequestRecord): boolean {
  return merge !== undefined && resolvedAt !== merge.commit;
}
