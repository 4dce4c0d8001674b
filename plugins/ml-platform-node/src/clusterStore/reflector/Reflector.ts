import { setTimeout as delay } from 'node:timers/promises';
import { UpstreamError } from '../../upstream';
import type { ClusterConnection } from '../ClusterConnection';
import type { ObjectTable } from '../ObjectTable';
import type { ObjectTypeDefinition } from '../objectTypes';
import type { InternPool } from '../../kinds/projection/InternPool';
import { projectObject } from '../../kinds/projection/projectObject';
import { ExpiredError, NotInstalledError, toUpstreamError } from './answers';
import { Backoff } from './Backoff';
import { listPages } from './listPages';
import type { ListQueue } from './ListQueue';
import type { ReflectorTiming } from './timing';
import { watchEvents, type WatchEvent } from './watchEvents';

/** After so many answers that are errors, the version that is asked for may be what is wrong. */
const FAILURES_BEFORE_RELIST = 3;

/** A version that expires again within this time points to trouble at the server. */
const EXPIRY_MS = 60_000;

/** By the clock that only goes forward, and by the one that people read. */
interface Moment {
  clock: number;
  date: Date;
}

type ReflectorState = 'syncing' | 'synced' | 'absent';

/**
 * Keeps a table equal to what the API server has of a type: lists, then watches, for ever. Readers never see a gap: a
 * list updates the table as it arrives and takes away what is gone only when it is complete.
 */
export class Reflector {
  static create(options: {
    connection: ClusterConnection;
    type: ObjectTypeDefinition;
    table: ObjectTable;
    pool: InternPool;
    timing: ReflectorTiming;
    lists: ListQueue;
    /** Told when it begins to fail, and when it begins to fail in another way. */
    onFailure: (error: UpstreamError, type: ObjectTypeDefinition) => void;
  }): Reflector {
    return new Reflector(options);
  }

  readonly #options: Parameters<typeof Reflector.create>[0];
  readonly #backoff: Backoff;
  readonly #stop = new AbortController();
  #reached: () => void = () => {};
  /** Resolves when the type was read for the first time, or could not be read for the first time. */
  readonly outcome = new Promise<void>(resolve => {
    this.#reached = resolve;
  });
  readonly #startedAt = performance.now();
  #state: ReflectorState = 'syncing';
  #error: UpstreamError | undefined;
  #version: string | undefined;
  #listedAt = 0;
  #expiredAt = -Infinity;
  #relistAfterMs = 0;
  #failedAnswers = 0;
  #heardAt: Moment | undefined;
  #activeAt = performance.now();
  #events = 0;
  #lists = 0;

  private constructor(options: Parameters<typeof Reflector.create>[0]) {
    this.#options = options;
    const [minMs, maxMs] = options.timing.backoffMs;
    this.#backoff = Backoff.create({ minMs, maxMs });
  }

  /** Ages are by the monotonic clock: they survive a clock that is set. */
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

  /** Runs until stopped; whatever goes wrong, it goes on. */
  async run(): Promise<void> {
    const { signal } = this.#stop;
    while (!signal.aborted) {
      let pauseMs = 0;
      try {
        await this.#follow();
      } catch (error) {
        pauseMs = signal.aborted ? 0 : await this.#failed(error);
      }
      this.#active();
      if (pauseMs > 0) {
        await delay(pauseMs, undefined, { signal, ref: false }).catch(() => {});
        this.#active();
      }
    }
  }

  stop(): void {
    this.#stop.abort();
    this.#reached();
  }

  async #follow(): Promise<void> {
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
    let askedAt: Moment | undefined;
    const version = await lists.run(() => {
      askedAt = now();
      return listPages({
        connection,
        type,
        answerMs: timing.answerMs,
        stop: this.#stop.signal,
        onProgress: () => this.#active(),
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
    this.#version = version;
    this.#lists += 1;
    this.#listedAt = performance.now();
    this.#relistAfterMs = between(timing.relistMs);
    this.#state = 'synced';
    this.#heard(askedAt);
    this.#reached();
  }

  async #watch(): Promise<void> {
    const { connection, type, timing } = this.#options;
    let openedAt = Infinity;
    const isGood = () => performance.now() - openedAt >= timing.healthyWatchMs;
    try {
      await watchEvents({
        connection,
        type,
        version: this.#version ?? '',
        answerMs: timing.answerMs,
        silenceMs: timing.watchSilenceMs,
        seconds: between(timing.watchSeconds),
        stop: this.#stop.signal,
        onEvent: event => this.#apply(event),
        onAlive: () => {
          openedAt = Math.min(openedAt, performance.now());
          this.#heard();
        },
      });
    } catch (error) {
      const isAnswer =
        error instanceof ExpiredError || error instanceof NotInstalledError;
      if (isAnswer || !isGood()) {
        throw error;
      }
    }
    // The end of a watch that was good is no failure, however it ended: the next one shows whether there is one.
    if (!isGood()) {
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

  /** @returns how long to pause. */
  async #failed(error: unknown): Promise<number> {
    const { type, table, timing } = this.#options;
    if (error instanceof ExpiredError) {
      this.#version = undefined;
      const isFirst = performance.now() - this.#expiredAt > EXPIRY_MS;
      this.#expiredAt = performance.now();
      return isFirst ? 0 : this.#backoff.next();
    }
    if (
      error instanceof NotInstalledError &&
      (table.size === 0 || (await this.#isReallyApiServer()))
    ) {
      this.#version = undefined;
      this.#state = 'absent';
      table.clear();
      this.#heard();
      this.#reached();
      return timing.recheckMs * (0.5 + Math.random() / 2);
    }
    const failure = toUpstreamError(error);
    if (this.#error?.kind !== failure.kind) {
      this.#options.onFailure(failure, type);
    }
    this.#error = failure;
    this.#failedAnswers += failure.kind === 'failed' ? 1 : 0;
    if (this.#failedAnswers >= FAILURES_BEFORE_RELIST) {
      this.#version = undefined;
    }
    this.#reached();
    return Math.max(this.#backoff.next(), failure.retryAfterMs ?? 0);
  }

  /** A proxy without a server behind it says 404 to everything; that takes no objects away. */
  async #isReallyApiServer(): Promise<boolean> {
    const { connection, timing } = this.#options;
    try {
      const response = await connection.open('/version', {
        signal: AbortSignal.any([
          this.#stop.signal,
          AbortSignal.timeout(timing.answerMs),
        ]),
      });
      response.resume();
      return response.statusCode === 200;
    } catch {
      return false;
    }
  }

  #heard(at = now()) {
    this.#heardAt = at;
    this.#error = undefined;
    this.#failedAnswers = 0;
    this.#active();
  }

  #active() {
    this.#activeAt = performance.now();
  }
}

function between([min, max]: [number, number]): number {
  return min + Math.random() * (max - min);
}

function now(): Moment {
  return { clock: performance.now(), date: new Date() };
}
