import { posix } from 'node:path';
import type { Config } from '@backstage/config';
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
   * Lists what changed since the last call, so that people need not wait until the catalog reads its locations again.
   * @returns refresh keys of the catalog's URL locations; none at the first call
   */
  async changedKeys(commit: string): Promise<string[]> {
    const files = new Map<string, string>();
    for (const directory of this.#directories) {
      const found = await this.#options.repository.entries(commit, directory);
      found.forEach((id, path) => files.set(path, id));
    }
    const known = this.#known ?? files;
    this.#known = files;
    return [...new Set([...known.keys(), ...files.keys()])]
      .filter(path => known.get(path) !== files.get(path))
      .map(path => `url:${this.#url(path)}`);
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
