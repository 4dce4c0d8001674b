import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import { EventLoopSlice } from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import type { FindingsIndex } from './FindingsIndex';
import type { FindingTable } from './FindingTable';
import { FirstSeenTable, teamImageKey } from './FirstSeenTable';
import type { IndexedReport } from './ImageTable';
import { imagesInScope } from './scope';
import { withSighting, type Sightings } from './sightings';

/** Images in one write: SQLite blocks the process meanwhile. */
const BATCH = 10;
const INTERVAL_MS = 10_000;
const DAY_S = 86_400;
/** Findings and images that were not seen for this long are forgotten. */
const RETENTION_S = 180 * DAY_S;
/** Interval at which it is written that an image still runs. */
const CONFIRM_S = DAY_S / 4;
/** Interval at which all images are checked while none of them changes. */
const RECHECK_S = 600;

const UNREADABLE: UpstreamProblem = {
  source: 'Database',
  kind: 'unreachable',
  message:
    'The database cannot be read: first seen times of findings may be missing.',
};

/** First seen times of an image's findings, in seconds since 1970. */
interface ImageTimes {
  report: IndexedReport;
  /** In the order of the report's finding numbers, or one time for all of them. */
  times: Uint32Array | number;
  /** Time at which the database had them; undefined while it does not. */
  savedAt?: number;
}

interface TeamImage {
  team: string;
  identity: string;
  report: IndexedReport;
  current?: ImageTimes;
}

export interface FirstSeenRecorderOptions {
  index: FindingsIndex;
  database: Knex;
  logger: LoggerService;
  intervalMs?: number;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/**
 * Records when a team's image was first seen with a finding: when the portal saw it run, or when the report was made if
 * that was earlier. The time outlives reports, pods and the portal until 180 days after the image was last seen. Each
 * team has its own times: how long others have run the same image is not for everyone to know.
 */
export class FirstSeenRecorder {
  readonly #options: FirstSeenRecorderOptions;
  readonly #table: FirstSeenTable;
  readonly #timer: NodeJS.Timeout;
  /** By team, then by identity of the image. */
  #times = new Map<string, Map<string, ImageTimes>>();
  #version = 0;
  #problem: UpstreamProblem | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;
  #cleanedUpAt = 0;
  /** Version of the index at which the database had everything, and the time of that. */
  #complete: { version: number; at: number } | undefined;

  /** Records from now on, until it is stopped. */
  constructor(options: FirstSeenRecorderOptions) {
    this.#options = options;
    this.#table = new FirstSeenTable(options.database);
    this.#timer = setInterval(
      () => this.record(),
      options.intervalMs ?? INTERVAL_MS,
    ).unref();
  }

  /** @returns undefined while the times are not known. */
  get(
    team: string,
    identity: string,
    report: IndexedReport,
  ): Uint32Array | number | undefined {
    const current = this.#times.get(team)?.get(identity);
    return current?.report === report ? current.times : undefined;
  }

  version(): number {
    return this.#version;
  }

  problem(): UpstreamProblem | undefined {
    return this.#problem;
  }

  /** Records what runs now, once at a time. Never throws. */
  record(): Promise<void> {
    this.#running ??= this.#record()
      .then(
        () => {
          this.#problem = undefined;
        },
        error => {
          if (!this.#problem && !this.#isStopped) {
            this.#options.logger.warn(
              'Failed to record when findings were first seen; retrying until it succeeds',
              toError(error),
            );
          }
          this.#problem = UNREADABLE;
        },
      )
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    clearInterval(this.#timer);
    await this.#running;
  }

  async #record() {
    const { index } = this.#options;
    await index.refresh();
    const now = this.#now();
    const { version } = index;
    if (
      this.#complete?.version === version &&
      now - this.#complete.at < RECHECK_S
    ) {
      return;
    }
    const images = this.#teamImages();
    this.#keepOnly(images);
    const due = images.filter(
      ({ current, report }) =>
        current?.report !== report ||
        current.savedAt === undefined ||
        now - current.savedAt > CONFIRM_S,
    );
    const slice = new EventLoopSlice();
    for (let i = 0; i < due.length && !this.#isStopped; i += BATCH) {
      await this.#recordBatch(due.slice(i, i + BATCH), now, slice);
    }
    const isComplete = images.every(
      ({ team, identity }) =>
        this.#times.get(team)?.get(identity)?.savedAt !== undefined,
    );
    this.#complete = isComplete ? { version, at: now } : undefined;
    await this.#cleanUp(now);
  }

  #now(): number {
    return Math.floor((this.#options.now?.() ?? Date.now()) / 1000);
  }

  #teamImages(): TeamImage[] {
    const { index } = this.#options;
    const scope = { includes: () => true };
    return imagesInScope(index, scope).flatMap(({ identity, uses }) => {
      const byTeam = new Map(
        uses.map(({ place, of }) => [place.team, of.report]),
      );
      return [...byTeam].flatMap(([team, report]) => {
        const current = this.#times.get(team)?.get(identity);
        return report ? [{ team, identity, report, current }] : [];
      });
    });
  }

  #keepOnly(images: TeamImage[]) {
    this.#times = new Map();
    for (const { team, identity, current } of images) {
      if (current) {
        this.#set(team, identity, current);
      }
    }
  }

  #set(team: string, identity: string, times: ImageTimes) {
    const byIdentity = this.#times.get(team) ?? new Map<string, ImageTimes>();
    this.#times.set(team, byIdentity.set(identity, times));
  }

  /** Merges images with their rows. A row that another replica writes meanwhile is merged in the next run. */
  async #recordBatch(images: TeamImage[], now: number, slice: EventLoopSlice) {
    const stored = await this.#table.read(images);
    const changes: Parameters<FirstSeenTable['write']>[0] = [];
    for (const { team, identity, report } of images) {
      await slice.next();
      const { numbers } = report;
      if (!numbers) {
        continue; // No image uses the report any more.
      }
      const keys = findingKeys(this.#options.index.table, numbers);
      const row = stored.get(teamImageKey(team, identity));
      const { sightings, isChanged } = withSighting(row?.sightings, {
        keys,
        newSince: Math.min(now, Math.floor(report.madeAt / 1000) || now),
        now,
        forgetBefore: now - RETENTION_S,
      });
      const isDue =
        isChanged || now - (row?.sightings.lastSeen ?? 0) > CONFIRM_S;
      this.#set(team, identity, {
        report,
        times: timesOf(keys, sightings),
        savedAt: isDue ? undefined : now,
      });
      this.#version += 1;
      if (isDue) {
        const revision = row?.revision;
        changes.push({ team, identity, sightings, revision });
      }
    }
    await slice.next();
    for (const { team, identity } of await this.#table.write(changes)) {
      Object.assign(this.#times.get(team)?.get(identity) ?? {}, {
        savedAt: now,
      });
    }
  }

  async #cleanUp(now: number) {
    if (now - this.#cleanedUpAt >= DAY_S && !this.#isStopped) {
      await this.#table.deleteLastSeenBefore(now - RETENTION_S);
      this.#cleanedUpAt = now;
    }
  }
}

function findingKeys(table: FindingTable, numbers: Int32Array): string[] {
  return Array.from(numbers, number => {
    const { vulnerabilityID, resource } = table.findings[number];
    return `${vulnerabilityID} ${resource}`;
  });
}

function timesOf(keys: string[], { seen }: Sightings): Uint32Array | number {
  const times = Uint32Array.from(keys, key => seen.get(key) ?? 0);
  return times.every(time => time === times[0]) ? times[0] ?? 0 : times;
}
