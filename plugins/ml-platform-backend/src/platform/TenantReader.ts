import type { BackstageCredentials } from '@backstage/backend-plugin-api';
import {
  isGroupEntity,
  stringifyEntityRef,
  type GroupEntity,
} from '@backstage/catalog-model';
import { isError } from '@backstage/errors';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  TENANTS_DIRECTORY,
  type PlatformInfo,
  type UpstreamProblem,
} from '@internal/plugin-ml-platform-common';
import type {
  MlPlatformConfig,
  PlatformRepository,
  TeamScope,
} from '@internal/plugin-ml-platform-node';

type Team = PlatformInfo['requestableTeams'][number];

interface TenantReaderOptions {
  repository: PlatformRepository;
  catalog: CatalogService;
  config: MlPlatformConfig;
}

/** Reads the teams that have a tenant directory in the platform repository. */
export class TenantReader {
  readonly #options: TenantReaderOptions;

  constructor(options: TenantReaderOptions) {
    this.#options = options;
  }

  /** Lists the teams in the scope, sorted by their title in the catalog. Does not throw for an unreachable repository. */
  async teams(
    scope: TeamScope,
    options: { credentials: BackstageCredentials },
  ): Promise<{ teams: Team[]; problems: UpstreamProblem[] }> {
    try {
      const names = (await this.#names()).filter(name => scope.includes(name));
      return { teams: await this.#withTitles(names, options), problems: [] };
    } catch (error) {
      if (!isError(error) || error.name !== 'ServiceUnavailableError') {
        throw error;
      }
      return {
        teams: [],
        problems: [
          {
            source: 'Platform repository',
            kind: 'unreachable',
            message: error.message,
          },
        ],
      };
    }
  }

  async #withTitles(
    names: string[],
    options: { credentials: BackstageCredentials },
  ): Promise<Team[]> {
    if (names.length === 0) {
      return [];
    }
    const { items } = await this.#options.catalog.getEntitiesByRefs(
      {
        entityRefs: names.map(name =>
          stringifyEntityRef({ kind: 'Group', namespace: 'default', name }),
        ),
      },
      options,
    );
    return names
      .map((name, index) => {
        const entity = items[index];
        return {
          name,
          title: entity && isGroupEntity(entity) ? groupTitle(entity) : name,
        };
      })
      .sort((a, b) => a.title.localeCompare(b.title));
  }

  async #names(): Promise<string[]> {
    const { repository, config } = this.#options;
    const root = config.repository.rootDirectory;
    const directory = root ? `${root}/${TENANTS_DIRECTORY}` : TENANTS_DIRECTORY;
    const commit = repository.lastKnownHead() ?? (await repository.head());
    const files = await repository.list(commit, directory);
    const names = files.map(file =>
      file.slice(directory.length + 1).split('/'),
    );
    return [
      ...new Set(
        names.filter(segments => segments.length > 1).map(([name]) => name),
      ),
    ];
  }
}

function groupTitle({ metadata, spec }: GroupEntity): string {
  return spec.profile?.displayName ?? metadata.title ?? metadata.name;
}
