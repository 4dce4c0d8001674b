import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  workloadDirectory,
  workloadNameProblem,
  type NameAvailability,
} from '@internal/plugin-ml-platform-common';
import {
  CHANGE_REQUEST_LABEL,
  parseChangeRequestBranch,
  type Forge,
  type MlPlatformConfig,
  type PlatformRepository,
} from '@internal/plugin-ml-platform-node';

/** Reason why a name cannot be used. */
type Obstacle = Pick<NameAvailability, 'reason' | 'link'>;

interface WorkloadNamesOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: MlPlatformConfig;
  forge: Forge;
  logger: LoggerService;
  repository: PlatformRepository;
}

/** Kinds of catalog entities that a workload's directory creates under the workload's name. */
const KINDS = ['component', 'api', 'resource'];

/** Checks names for new workloads against the catalog, the platform repository and open change requests. */
export class WorkloadNames {
  readonly #options: WorkloadNamesOptions;

  constructor(options: WorkloadNamesOptions) {
    this.#options = options;
  }

  /**
   * Checks all sources in parallel. Sources that fail are listed in `unchecked`: the scaffolder task checks the name
   * again before it opens the change request.
   */
  async availability(
    target: { team: string; name: string },
    { credentials }: { credentials: BackstageCredentials },
  ): Promise<NameAvailability> {
    const problem = workloadNameProblem(target.name);
    if (problem) {
      return { available: false, reason: problem, unchecked: [] };
    }
    const sources: Record<string, Promise<Obstacle | undefined>> = {
      'platform repository': this.#inRepository(target),
      'open pull requests': this.#inPullRequests(target),
      catalog: this.#inCatalog(target.name, credentials),
    };
    const results = await Promise.allSettled(Object.values(sources));
    const unchecked = Object.keys(sources).filter((source, index) => {
      const result = results[index];
      if (result.status === 'rejected') {
        this.#options.logger.warn(
          `Could not check a workload name in the ${source}: ${result.reason}`,
        );
      }
      return result.status === 'rejected';
    });
    const [obstacle] = results.flatMap(result =>
      result.status === 'fulfilled' && result.value ? [result.value] : [],
    );
    return { available: !obstacle, ...obstacle, unchecked };
  }

  async #inRepository({ team, name }: { team: string; name: string }) {
    const { config, repository } = this.#options;
    const directory = [
      config.repository.rootDirectory,
      workloadDirectory(team, name),
    ]
      .filter(Boolean)
      .join('/');
    const files = await repository.list(await repository.head(), directory);
    return files.length > 0
      ? {
          reason: `${team} already has a workload ${name}. Choose another name.`,
        }
      : undefined;
  }

  /** Searches the change requests of all teams, because the catalog can hold one component of a name only. */
  async #inPullRequests({ team, name }: { team: string; name: string }) {
    const open = await this.#options.forge.listOpenPullRequests({
      label: CHANGE_REQUEST_LABEL,
    });
    for (const { branch, number, url } of open) {
      const request = parseChangeRequestBranch(branch);
      if (request?.workload === name) {
        return request.team === team
          ? {
              reason: `A pull request for ${name} is open. Choose another name, or wait until it is merged or closed.`,
              link: { title: `Pull request ${number}`, url },
            }
          : { reason: 'This name is taken. Choose another one.' };
      }
    }
    return undefined;
  }

  /**
   * Searches with the portal's own credentials, so that entities hidden from the person also count. Names the entity only
   * when the person may see it.
   */
  async #inCatalog(name: string, credentials: BackstageCredentials) {
    const { auth, catalog } = this.#options;
    const entityRefs = KINDS.map(kind => `${kind}:default/${name}`);
    const { items } = await catalog.getEntitiesByRefs(
      { entityRefs },
      { credentials: await auth.getOwnServiceCredentials() },
    );
    const index = items.findIndex(Boolean);
    if (index === -1) {
      return undefined;
    }
    const visible = await catalog.getEntityByRef(entityRefs[index], {
      credentials,
    });
    return visible
      ? {
          reason: `The catalog already has a ${KINDS[index]} ${name}. Choose another name.`,
          link: {
            title: visible.metadata.title ?? name,
            url: `/catalog/default/${KINDS[index]}/${name}`,
          },
        }
      : { reason: 'This name is taken. Choose another one.' };
  }
}
