import { posix } from 'node:path';
import type { Config } from '@backstage/config';
import type { EntityProviderConnection } from '@backstage/plugin-catalog-node';
import type {
  Forge,
  PlatformRepository,
} from '@internal/plugin-ml-platform-node';

export interface LocationFilesOptions {
  repository: Pick<PlatformRepository, 'branch' | 'entries'>;
  forge: Pick<Forge, 'fileUrl'>;
  /** URLs of `catalog.locations`; those outside the platform repository are left to the catalog. */
  targets: string[];
}

/** Files that the catalog reads by their URL in the platform repository: people and teams, and templates. */
export class LocationFiles {
  readonly #options: LocationFilesOptions;
  readonly #directories: string[];
  /** Ids of contents by path. */
  #known: Map<string, string> | undefined;

  constructor(options: LocationFilesOptions) {
    this.#options = options;
    const root = this.#url('');
    this.#directories = [
      ...new Set(
        options.targets
          .filter(target => target.startsWith(root))
          .map(target => posix.dirname(target.slice(root.length))),
      ),
    ];
  }

  /**
   * Refreshes the entities of files that changed since the last call, so that people need not wait until the catalog reads its
   * locations again. The first call only remembers the files.
   */
  async refresh(
    commit: string,
    connection: EntityProviderConnection,
  ): Promise<void> {
    const files = new Map<string, string>();
    for (const directory of this.#directories) {
      const found = await this.#options.repository.entries(commit, directory);
      found.forEach((id, path) => files.set(path, id));
    }
    const known = this.#known ?? files;
    const keys = [...new Set([...known.keys(), ...files.keys()])]
      .filter(path => known.get(path) !== files.get(path))
      // As the catalog names what it read by URL.
      .map(path => `url:${this.#url(path)}`);
    if (keys.length > 0) {
      await connection.refresh({ keys });
    }
    this.#known = files;
  }

  #url(path: string): string {
    const { forge, repository } = this.#options;
    return forge.fileUrl({ branch: repository.branch, path });
  }
}

/** Reads the URLs of `catalog.locations`. */
export function locationTargets(config: Config): string[] {
  return (config.getOptionalConfigArray('catalog.locations') ?? [])
    .filter(location => location.getString('type') === 'url')
    .map(location => location.getString('target'));
}
