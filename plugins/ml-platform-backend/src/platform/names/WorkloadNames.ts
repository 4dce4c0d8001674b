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

/** What stands in the way of a name. */
type Obstacle = Pick<NameAvailability, 'reason' | 'link'>;

interface Options {
  auth: AuthService;
  catalog: CatalogService;
  config: MlPlatformConfig;
  forge: Forge;
  logger: LoggerService;
  repository: PlatformRepository;
}

/** Kinds of entities that a workload's directory gives the catalog, under the workload's name. */
const KINDS = ['component', 'api', 'resource'];

/** Whether names of workloads are free: in the catalog, in the platform repository, and in open pull requests. */
export class WorkloadNames {
  static create(options: Options): WorkloadNames {
    return new WorkloadNames(options);
  }

  readonly #options: Options;

  private constructor(options: Options) {
    this.#options = options;
  }

  /** Asks all sources at once. One that does not answer is named in `unchecked`: the request itself is checked again. */
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
          `Could not ask the ${source} about a name: ${result.reason}`,
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
          reason: `${team} has a workload ${name} already. Choose another name.`,
        }
      : undefined;
  }

  /** Of all teams: the catalog can hold one component of a name. */
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

  /** Asked for the portal, so that a name is taken also when the person may not see by what; said only if they may. */
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
          reason: `The catalog has a ${KINDS[index]} ${name} already. Choose another name.`,
          link: {
            title: visible.metadata.title ?? name,
            url: `/catalog/default/${KINDS[index]}/${name}`,
          },
        }
      : { reason: 'This name is taken. Choose another one.' };
  }
}
