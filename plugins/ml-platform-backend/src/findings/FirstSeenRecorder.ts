import type { LoggerService } from '@backstage/backend-plugin-api';
import { toError } from '@backstage/errors';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import { EventLoopSlice } from '@internal/plugin-ml-platform-node';
import type { Knex } from 'knex';
import type { SingleWriter } from '../database/SingleWriter';
import type { FindingsIndex } from './FindingsIndex';
import type { FindingTable } from './FindingTable';
import type { IndexedReport } from './ImageTable';
import { imagesInScope } from './scope';
import {
  parseSightings,
  stringifySightings,
  withSighting,
  type Sightings,
} from './sightings';

const TABLE = 'first_seen';
/** Images in one write: with SQLite nothing else is done meanwhile. */
const BATCH = 10;
const INTERVAL_MS = 10_000;
const DAY_S = 86_400;
/** What was not seen for this long is forgotten. */
const RETENTION_S = 180 * DAY_S;
/** That an image still runs is written this often. */
const CONFIRM_S = DAY_S / 4;
/** Going through all images takes its time; while none of them changes, it is done this often. */
const LOOK_AGAIN_S = 600;

const problem: UpstreamProblem = {
  source: 'Database',
  kind: 'unreachable',
  message:
    'The database cannot be read: since when findings are known is not complete.',
};

interface Known {
  report: IndexedReport;
  /** By the place of the finding in the report's numbers, or one for all of them. */
  times: Uint32Array | number;
  /** When the database was last known to say so; undefined while it does not. */
  savedAt?: number;
}

interface TeamImage {
  team: string;
  identity: string;
  report: IndexedReport;
  known?: Known;
}

/**
 * Since when a finding is known: when the portal first saw a team's image run with it, or when the report that told of
 * it was made, if that was earlier. It outlives reports, pods and the portal; 180 days after the image was last seen it
 * is forgotten. Kept for each team, since how long others run the same image is not for everyone to know.
 */
export class FirstSeenRecorder {
  /** Records from now on, until it is stopped. */
  static create(options: {
    index: FindingsIndex;
    database: Knex;
    writer: SingleWriter;
    logger: LoggerService;
    intervalMs?: number;
    now?: () => number;
  }): FirstSeenRecorder {
    return new FirstSeenRecorder(options);
  }

  readonly #options: Parameters<typeof FirstSeenRecorder.create>[0];
  readonly #timer: NodeJS.Timeout;
  #known = new Map<string, Map<string, Known>>();
  #version = 0;
  #problem: UpstreamProblem | undefined;
  #running: Promise<void> | undefined;
  #isStopped = false;
  #forgottenAt = 0;
  /** What was there when everything was last written down, and when that was. */
  #complete: { version: number; at: number } | undefined;

  private constructor(options: Parameters<typeof FirstSeenRecorder.create>[0]) {
    this.#options = options;
    this.#timer = setInterval(
      () => this.record(),
      options.intervalMs ?? INTERVAL_MS,
    ).unref();
  }

  /** @returns undefined while it is not known. */
  get(
    team: string,
    identity: string,
    report: IndexedReport,
  ): Uint32Array | number | undefined {
    const known = this.#known.get(team)?.get(identity);
    return known?.report === report ? known.times : undefined;
  }

  version(): number {
    return this.#version;
  }

  problem(): UpstreamProblem | undefined {
    return this.#problem;
  }

  /** Takes in what runs now; one at a time. It never throws. */
  record(): Promise<void> {
    this.#running ??= this.#record()
      .then(
        () => {
          this.#problem = undefined;
        },
        error => {
          if (!this.#problem && !this.#isStopped) {
            this.#options.logger.warn(
              'First sightings of findings cannot be kept, trying again',
              toError(error),
            );
          }
          this.#problem = problem;
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
      now - this.#complete.at < LOOK_AGAIN_S
    ) {
      return;
    }
    const images = this.#teamImages();
    this.#keepOnly(images);
    const due = images.filter(
      ({ known, report }) =>
        known?.report !== report ||
        known.savedAt === undefined ||
        now - known.savedAt > CONFIRM_S,
    );
    const turn = new EventLoopSlice();
    for (let i = 0; i < due.length && !this.#isStopped; i += BATCH) {
      await this.#recordBatch(due.slice(i, i + BATCH), now, turn);
    }
    const isComplete = images.every(
      ({ team, identity }) =>
        this.#known.get(team)?.get(identity)?.savedAt !== undefined,
    );
    this.#complete = isComplete ? { version, at: now } : undefined;
    await this.#forget(now);
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
      return [...byTeam].flatMap(([team, report]) =>
        report
          ? [
              {
                team,
                identity,
                report,
                known: this.#known.get(team)?.get(identity),
              },
            ]
          : [],
      );
    });
  }

  #keepOnly(images: TeamImage[]) {
    const kept = new Map<string, Map<string, Known>>();
    for (const { team, identity, known } of images) {
      if (known) {
        const ofTeam = kept.get(team) ?? new Map();
        kept.set(team, ofTeam.set(identity, known));
      }
    }
    this.#known = kept;
  }

  /** What another replica wrote is read again; what nobody could write is tried again at the next time. */
  async #recordBatch(images: TeamImage[], now: number, turn: EventLoopSlice) {
    const { index, database, writer } = this.#options;
    const stored = await readSightings(database, images);
    const rows: Array<Record<string, string | number>> = [];
    const recorded: Known[] = [];
    for (const { team, identity, report } of images) {
      await turn.next();
      const { numbers } = report;
      if (!numbers) {
        continue; // It is no one's report any more.
      }
      const keys = keysOf(index.table, numbers);
      const { sightings, isChanged } = withSighting(
        stored.get(`${team} ${identity}`),
        {
          keys,
          newSince: Math.min(now, Math.floor(report.madeAt / 1000) || now),
          now,
          forgetBefore: now - RETENTION_S,
        },
      );
      const known = { report, times: timesOf(keys, sightings) };
      this.#remember(team, identity, known);
      const isOld =
        now - (stored.get(`${team} ${identity}`)?.lastSeen ?? 0) > CONFIRM_S;
      if (isChanged || isOld) {
        rows.push({
          team,
          image: identity,
          last_seen: now,
          findings: stringifySightings(sightings),
        });
        recorded.push(known);
      } else {
        Object.assign(known, { savedAt: now });
      }
    }
    await turn.next();
    const isWritten =
      rows.length > 0 &&
      (await writer.write(async transaction => {
        await transaction(TABLE)
          .insert(rows)
          .onConflict(['team', 'image'])
          .merge();
      }));
    if (isWritten) {
      recorded.forEach(known => Object.assign(known, { savedAt: now }));
    }
  }

  #remember(team: string, identity: string, known: Known) {
    const ofTeam = this.#known.get(team) ?? new Map<string, Known>();
    this.#known.set(team, ofTeam.set(identity, known));
    this.#version += 1;
  }

  async #forget(now: number) {
    if (now - this.#forgottenAt < DAY_S || this.#isStopped) {
      return;
    }
    const isDone = await this.#options.writer.write(async transaction => {
      await transaction(TABLE)
        .where('last_seen', '<', now - RETENTION_S)
        .delete();
    });
    if (isDone) {
      this.#forgottenAt = now;
    }
  }
}

async function readSightings(
  database: Knex,
  images: TeamImage[],
): Promise<Map<string, Sightings>> {
  const rows: Array<{
    team: string;
    image: string;
    last_seen: number | string;
    findings: string;
  }> = await database(TABLE).whereIn(
    ['team', 'image'],
    images.map(({ team, identity }) => [team, identity]),
  );
  return new Map(
    rows.map(({ team, image, last_seen: lastSeen, findings }) => [
      `${team} ${image}`,
      parseSightings(findings, Number(lastSeen)),
    ]),
  );
}

function keysOf(table: FindingTable, numbers: Int32Array): string[] {
  return Array.from(numbers, number => {
    const { vulnerabilityID, resource } = table.findings[number];
    return `${vulnerabilityID} ${resource}`;
  });
}

function timesOf(keys: string[], { seen }: Sightings): Uint32Array | number {
  const times = Uint32Array.from(keys, key => seen.get(key) ?? 0);
  return times.every(time => time === times[0]) ? times[0] ?? 0 : times;
}
