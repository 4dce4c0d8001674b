import type { LoggerService } from '@backstage/backend-plugin-api';
import {
  TENANTS_DIRECTORY,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import { parse } from 'yaml';
import { z } from 'zod';
import type { PlatformRepository } from '../platformRepository/PlatformRepository';
import { tenantFilePath } from './readTenant';

const MAX_BYTES = 64 * 1024;
/** Others poll the repository, too; where nobody does, teams are up to date within this time. */
const REFRESH_MILLISECONDS = 60_000;

/** The part of `tenant.yaml` that decides, so that mistakes elsewhere lock nobody out. */
const ownerSchema = z.object({ group: z.string().optional() });

/** The groups that own teams, as the platform repository says at its last known commit. */
export class TeamOwners {
  readonly #repository: PlatformRepository;
  readonly #rootDirectory: string;
  readonly #logger: LoggerService;
  #refreshedAt = -Infinity;
  #last: { commit: string; owners: Promise<Map<string, string>> } | undefined;

  constructor(options: {
    repository: PlatformRepository;
    rootDirectory: string;
    logger: LoggerService;
  }) {
    this.#repository = options.repository;
    this.#rootDirectory = options.rootDirectory;
    this.#logger = options.logger;
  }

  /**
   * Finds the teams whose members are in the groups. A group without a plan of its name counts as a team: while the repository
   * was never read, teams have the names of their groups.
   *
   * @param groups - names of groups in the catalog, in lower case
   */
  async teamsOf(groups: string[]): Promise<string[]> {
    const owners = await this.#owners();
    const owned = [...owners]
      .filter(([, group]) => groups.includes(group))
      .map(([team]) => team);
    return [...groups.filter(group => !owners.has(group)), ...owned];
  }

  async #owners(): Promise<Map<string, string>> {
    this.#refresh();
    const commit = this.#repository.lastKnownHead();
    if (commit === undefined) {
      return new Map();
    }
    if (this.#last?.commit !== commit) {
      const owners = this.#read(commit);
      this.#last = { commit, owners };
      owners.catch(() => {
        this.#last = undefined;
      });
    }
    return this.#last.owners;
  }

  /** In the background, since decisions must not wait for the forge. */
  #refresh(): void {
    const now = Date.now();
    if (now - this.#refreshedAt > REFRESH_MILLISECONDS) {
      this.#refreshedAt = now;
      this.#repository.head().catch(() => {
        this.#logger.warn(
          'The teams could not be read from the platform repository; those known last count.',
        );
      });
    }
  }

  async #read(commit: string): Promise<Map<string, string>> {
    const directory = repositoryPath(this.#rootDirectory, TENANTS_DIRECTORY);
    const teams = await this.#repository.directories(commit, directory);
    const pathOf = (team: string) => tenantFilePath(this.#rootDirectory, team);
    const files = await this.#repository.readLimited({
      commit,
      paths: [...teams.keys()].map(pathOf),
      maxBytes: MAX_BYTES,
    });
    return new Map(
      [...teams.keys()].map(team => [
        team,
        this.#ownerIn(team, files.get(pathOf(team))),
      ]),
    );
  }

  /** @returns the name of a group; an empty text, which is nobody's, for a file that cannot be read. */
  #ownerIn(team: string, content: unknown): string {
    try {
      if (Buffer.isBuffer(content)) {
        const { group = team } = ownerSchema.parse(
          parse(content.toString('utf8'), { maxAliasCount: 0 }),
        );
        return group.toLocaleLowerCase('en-US');
      }
    } catch {
      // Below.
    }
    this.#logger.warn(`The team ${team} has no tenant.yaml that can be read.`);
    return '';
  }
}
