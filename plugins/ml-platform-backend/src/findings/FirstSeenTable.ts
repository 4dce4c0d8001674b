import type { Knex } from 'knex';
import { upsertRevisions, WRITE_TIMEOUT_MS } from '../database/upsertRevisions';
import {
  parseSightings,
  stringifySightings,
  type Sightings,
} from './sightings';

const TABLE = 'first_seen';

interface FirstSeenRow {
  team: string;
  image: string;
  last_seen: number | string;
  revision: number;
  findings: string;
}

/** Sightings of a team's image, with the revision of their row. */
export interface StoredSightings {
  sightings: Sightings;
  revision: number;
}

/** Database table of first seen times, one row for each team and image. */
export class FirstSeenTable {
  readonly #database: Knex;

  constructor(database: Knex) {
    this.#database = database;
  }

  /** @returns by `teamImageKey`. */
  async read(
    images: Array<{ team: string; identity: string }>,
  ): Promise<Map<string, StoredSightings>> {
    const rows: FirstSeenRow[] = await this.#database(TABLE).whereIn(
      ['team', 'image'],
      images.map(({ team, identity }) => [team, identity]),
    );
    return new Map(
      rows.map(({ team, image, last_seen: lastSeen, revision, findings }) => [
        teamImageKey(team, image),
        { sightings: parseSightings(findings, Number(lastSeen)), revision },
      ]),
    );
  }

  /**
   * Writes sightings unless another replica has written the row since `revision` was read.
   *
   * @returns the images whose rows were written.
   */
  async write(
    changes: Array<{
      team: string;
      identity: string;
      sightings: Sightings;
      /** Absent when there was no row. */
      revision?: number;
    }>,
  ): Promise<Array<{ team: string; identity: string }>> {
    const written = await upsertRevisions<FirstSeenRow, 'team' | 'image'>(
      this.#database,
      {
        table: TABLE,
        keys: ['team', 'image'],
        rows: changes.map(({ team, identity, sightings, revision = 0 }) => ({
          team,
          image: identity,
          last_seen: sightings.lastSeen,
          revision: revision + 1,
          findings: stringifySightings(sightings),
        })),
      },
    );
    return written.map(({ team, image }) => ({ team, identity: image }));
  }

  /** Deletes the rows of images that were last seen before a time, in seconds since 1970. */
  async deleteLastSeenBefore(seconds: number): Promise<void> {
    await this.#database(TABLE)
      .where('last_seen', '<', seconds)
      .delete()
      .timeout(WRITE_TIMEOUT_MS);
  }
}

export function teamImageKey(team: string, image: string): string {
  return `${team} ${image}`;
}
