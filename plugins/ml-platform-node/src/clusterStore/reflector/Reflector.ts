import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../../upstream';
import type { ClusterConnection } from '../ClusterConnection';
import type { ObjectTable } from '../ObjectTable';
import type { ObjectTypeDefinition } from '../objectTypes';
import type { InternPool } from '../../kinds/projection/InternPool';
import { projectObject } from '../../kinds/projection/projectObject';
import {
  ExpiredError,
  NotInstalledError,
  toUpstreamError,
} from './responseErrors';
import { Backoff } from './Backoff';
import { listServedVersion } from './listServedVersion';
import type { ListQueue } from './ListQueue';
import type { ReflectorTiming } from './timing';
import { watchEvents, type WatchEvent } from './watchEvents';

/** After this many error responses the requested resource version may be the cause, so the type is listed again. */
const ERRORS_BEFORE_RELIST = 3;

/** A resource version that expires again within this time is a problem of the server, so the reflector backs off. */
const EXPIRY_MS = 60_000;

/** A point in time by the monotonic clock and by the wall clock. */
interface Moment {
  clock: number;
  date: Date;
}

type ReflectorState = 'syncing' | 'synced' | 'absent';

export interface ReflectorOptions {
  connection: ClusterConnection;
  type: ObjectTypeDefinition;
  table: ObjectTable;
  pool: InternPool;
  timing: ReflectorTiming;
  lists: ListQueue;
  /** Called when the reflector starts to fail, and when the kind of failure changes. */
  onFailure: (error: UpstreamError, type: ObjectTypeDefinition) => void;
}

/**
 * Keeps a table in sync with the objects of one type, as client-go's reflector does: lists, then watches, until it is stopped. Readers
 * never see a gap: a list updates the table while it arrives, and removes deleted objects only when it is complete.
 */
export class Reflector {
  readonly #options: ReflectorOptions;
  readonly #backoff: Backoff;
  readonly #stop = new AbortController();
  #resolveOutcome: () => void = () => {};
  /** Resolves when the first list succeeded or failed. */
  readonly outcome = new Promise<void>(resolve => {
    this.#resolveOutcome = resolve;
  });
  readonly #startedAt = performance.now();
  #state: ReflectorState = 'syncing';
  #error: UpstreamError | undefined;
  /** The type in the version that the cluster serves. */
  #served: ObjectTypeDefinition;
  #version: string | undefined;
  #listedAt = 0;
  #expiredAt = -Infinity;
  #relistAfterMs = 0;
  #errorResponses = 0;
  #heardAt: Moment | undefined;
  #activeAt = performance.now();
  #events = 0;
  #lists = 0;

  constructor(options: ReflectorOptions) {
    this.#options = options;
    this.#served = options.type;
    const [minMs, maxMs] = options.timing.backoffMs;
    this.#backoff = new Backoff({ minMs, maxMs });
  }

  /** Ages are measured by the monotonic clock, so a change of the wall clock does not affect them. */
  status() {
    const { clock } = now();
    return {
      state: this.#state,
      asOf: this.#heardAt?.date.toISOString(),
      error: this.#error,
      staleSeconds: (clock - (this.#heardAt?.clock ?? this.#startedAt)) / 1000,
      idleSeconds: (clock - this.#activeAt) / 1000,
      resourceVersion: this.#version,
      events: this.#events,
      relists: Math.max(0, this.#lists - 1),
    };
  }

  /** Runs until it is stopped, whatever fails. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let pauseMs = 0;
      try {
        await this.#sync();
      } catch (error) {
        pauseMs = signal.aborted ? 0 : await this.#handleFailure(error);
      }
      this.#touch();
      if (pauseMs > 0) {
        await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {});
        this.#touch();
      }
    }
  }

  stop(): void {
    this.#stop.abort();
    this.#resolveOutcome();
  }

  async #sync(): Promise<void> {
    const isDue =
      performance.now() - this.#listedAt > this.#relistAfterMs &&
      this.#version !== undefined;
    if (this.#version === undefined || isDue) {
      await this.#list();
    }
    await this.#watch();
  }

  async #list(): Promise<void> {
    const { connection, type, table, pool, timing, lists } = this.#options;
    const seen = new Set<string>();
    let requestedAt: Moment | undefined;
    const served = await lists.run(() => {
      requestedAt = now();
      return listServedVersion({
        connection,
        type,
        responseTimeoutMs: timing.responseTimeoutMs,
        stop: this.#stop.signal,
        onProgress: () => this.#touch(),
        onItem: item => {
          const object = projectObject(item, type, pool);
          if (object) {
            const { namespace = '', name } = object.metadata;
            seen.add(`${namespace}/${name}`);
            table.put(object);
          }
        },
      });
    });
    for (const { metadata } of table.all()) {
      const { namespace = '', name } = metadata;
      if (!seen.has(`${namespace}/${name}`)) {
        table.delete(namespace, name);
      }
    }
    this.#served = served.type;
    this.#version = served.resourceVersion;
    this.#lists += 1;
    this.#listedAt = performance.now();
    this.#relistAfterMs = between(timing.relistMs);
    this.#state = 'synced';
    this.#markHeard(requestedAt);
    this.#resolveOutcome();
  }

  async #watch(): Promise<void> {
    const { connection, timing } = this.#options;
    let openedAt = Infinity;
    const isHealthy = () =>
      performance.now() - openedAt >= timing.healthyWatchMs;
    try {
      await watchEvents({
        connection,
        type: this.#served,
        version: this.#version ?? '',
        responseTimeoutMs: timing.responseTimeoutMs,
        idleTimeoutMs: timing.watchIdleTimeoutMs,
        seconds: between(timing.watchSeconds),
        stop: this.#stop.signal,
        onEvent: event => this.#apply(event),
        onActivity: () => {
          openedAt = Math.min(openedAt, performance.now());
          this.#markHeard();
        },
      });
    } catch (error) {
      const isFinal =
        error instanceof ExpiredError || error instanceof NotInstalledError;
      if (isFinal || !isHealthy()) {
        throw error;
      }
    }
    // However a healthy watch ended, the next one shows whether there is a problem.
    if (!isHealthy()) {
      throw new UpstreamError('unreachable');
    }
    this.#backoff.reset();
  }

  #apply({ type: kind, object: source }: WatchEvent) {
    const { type, table, pool } = this.#options;
    const { namespace = '', name, resourceVersion } = source?.metadata ?? {};
    if (kind === 'DELETED' && name !== undefined) {
      table.delete(namespace, name);
    } else if (kind === 'ADDED' || kind === 'MODIFIED') {
      const object = projectObject(source, type, pool);
      if (object) {
        table.put(object);
      }
    }
    this.#events += kind === 'BOOKMARK' ? 0 : 1;
    this.#version = resourceVersion ?? this.#version;
  }

  /** @returns the pause before the next attempt, in milliseconds. */
  async #handleFailure(error: unknown): Promise<number> {
    const { type, table, timing } = this.#options;
    if (error instanceof ExpiredError) {
      this.#version = undefined;
      const isFirst = performance.now() - this.#expiredAt > EXPIRY_MS;
      this.#expiredAt = performance.now();
      return isFirst ? 0 : this.#backoff.next();
    }
    const mayHaveMoved =
      type.versions.length > 1 && this.#version !== undefined;
    if (error instanceof NotInstalledError && mayHaveMoved) {
      // The cluster may serve another version now: list again before anything is dropped.
      this.#version = undefined;
      return 0;
    }
    if (
      error instanceof NotInstalledError &&
      (table.size === 0 || (await this.#isReallyApiServer()))
    ) {
      this.#version = undefined;
      this.#state = 'absent';
      table.clear();
      this.#markHeard();
      this.#resolveOutcome();
      return timing.recheckMs * (0.5 + Math.random() / 2);
    }
    const failure = toUpstreamError(error);
    if (this.#error?.kind !== failure.kind) {
      this.#options.onFailure(failure, type);
    }
    this.#error = failure;
    this.#errorResponses += failure.kind === 'failed' ? 1 : 0;
    if (this.#errorResponses >= ERRORS_BEFORE_RELIST) {
      this.#version = undefined;
    }
    this.#resolveOutcome();
    return Math.max(this.#backoff.next(), failure.retryAfterMs ?? 0);
  }

  /** A proxy without a server behind it responds 404 to everything; that must not remove objects. */
  async #isReallyApiServer(): Promise<boolean> {
    const { connection, timing } = this.#options;
    try {
      const response = await connection.open('/version', {
        signal: AbortSignal.any([
          this.#stop.signal,
          AbortSignal.timeout(timing.responseTimeoutMs),
        ]),
      });
      response.resume();
      return response.statusCode === 200;
    } catch {
      return false;
    }
  }

  #markHeard(at = now()) {
    this.#heardAt = at;
    this.#error = undefined;
    this.#errorResponses = 0;
    this.#touch();
  }

  #touch() {
    this.#activeAt = performance.now();
  }
}

function between([min, max]: [number, number]): number {
  return min + Math.random() * (max - min);
}

function now(): Moment {
  return { clock: performance.now(), date: new Date() };
}
