import type {
  AuthService,
  BackstageCredentials,
  LoggerService,
} from '@backstage/backend-plugin-api';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  workloadNameProblem,
  type NameAvailability,
} from '@internal/plugin-ml-platform-common';
import {
  RepositoryWorkloads,
  listPullRequestsForName,
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

/** Says nothing about what another team has, or plans. */
const TAKEN: Obstacle = { reason: 'This name is taken. Choose another one.' };

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
    const obstacles = results.flatMap(result =>
      result.status === 'fulfilled' && result.value ? [result.value] : [],
    );
    const obstacle = obstacles.find(found => found !== TAKEN) ?? obstacles[0];
    return { available: !obstacle, ...obstacle, unchecked };
  }

  async #inRepository({ team, name }: { team: string; name: string }) {
    const { config, repository } = this.#options;
    const { rootDirectory } = config.repository;
    const workloads = new RepositoryWorkloads({
      repository,
      rootDirectory,
      commit: await repository.head(),
    });
    const [owner] = await workloads.ownersOf(name);
    if (owner?.team !== team) {
      return owner && TAKEN;
    }
    return {
      reason: `${team} already has a workload ${name}. Choose another name.`,
    };
  }

  /** Searches the change requests of all teams, because the catalog can hold one component of a name only. */
  async #inPullRequests({ team, name }: { team: string; name: string }) {
    const { forge } = this.#options;
    const [oldest] = await listPullRequestsForName(forge, {
      team,
      workload: name,
    });
    if (oldest?.target.team !== team) {
      return oldest && TAKEN;
    }
    const { number, url } = oldest.pullRequest;
    return {
      reason: `A pull request for ${name} is open. Choose another name, or wait until it is merged or closed.`,
      link: { title: `Pull request ${number}`, url },
    };
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
      : TAKEN;
  }
}
