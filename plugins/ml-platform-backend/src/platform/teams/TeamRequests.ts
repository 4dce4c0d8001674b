import type {
  AuthService,
  BackstageCredentials,
} from '@backstage/backend-plugin-api';
import { isGroupEntity } from '@backstage/catalog-model';
import type { CatalogService } from '@backstage/plugin-catalog-node';
import {
  teamNameProblem,
  type NameAvailability,
  type OwningGroups,
  type TeamPlan,
} from '@internal/plugin-ml-platform-common';
import {
  entityWithTeamName,
  findOpenChangeRequest,
  type Forge,
  type MlPlatformConfig,
  type PlatformRepository,
  type TeamScope,
} from '@internal/plugin-ml-platform-node';
import {
  readTenant,
  teamValues,
  tenantFilePath,
} from '@internal/plugin-ml-platform-node/plan';

interface TeamRequestsOptions {
  auth: AuthService;
  catalog: CatalogService;
  config: MlPlatformConfig;
  forge: Forge;
  repository: PlatformRepository;
}

/** Data for the form that requests a team. */
export class TeamRequests {
  readonly #options: TeamRequestsOptions;

  constructor(options: TeamRequestsOptions) {
    this.#options = options;
  }

  /** Lists the groups in the scope. */
  async groups(
    scope: TeamScope,
    options: { credentials: BackstageCredentials },
  ): Promise<OwningGroups> {
    const { items } = await this.#options.catalog.getEntities(
      {
        filter: { kind: 'Group', 'metadata.namespace': 'default' },
        fields: ['apiVersion', 'kind', 'metadata', 'spec'],
      },
      options,
    );
    return {
      items: items
        .filter(isGroupEntity)
        .filter(({ metadata }) => scope.includes(metadata.name))
        .map(({ metadata, spec }) => ({
          name: metadata.name,
          title: spec.profile?.displayName ?? metadata.title ?? metadata.name,
        }))
        .sort((a, b) => a.title.localeCompare(b.title)),
    };
  }

  /** Checks the name of a new team that a group is to own. The task checks it again. */
  async nameAvailability({
    group,
    name,
  }: {
    group: string;
    name: string;
  }): Promise<NameAvailability> {
    const problem = teamNameProblem(name, this.#options.config.environments);
    if (problem) {
      return { available: false, reason: problem, unchecked: [] };
    }
    const sources: Record<
      string,
      Promise<Pick<NameAvailability, 'reason' | 'link'> | undefined>
    > = {
      'platform repository': this.#inRepository(name),
      'open pull requests': this.#inPullRequests(name),
      catalog: this.#inCatalog(name, group),
    };
    const results = await Promise.allSettled(Object.values(sources));
    const obstacle = results.find(
      result => result.status === 'fulfilled' && result.value,
    );
    return {
      available: !obstacle,
      ...(obstacle?.status === 'fulfilled' && obstacle.value),
      unchecked: Object.keys(sources).filter(
        (_, index) => results[index].status === 'rejected',
      ),
    };
  }

  /** @returns undefined for a team without a plan that can be read. */
  async plan(team: string): Promise<TeamPlan | undefined> {
    const { config, repository } = this.#options;
    // A form that starts from old values would take back what was merged since.
    const commit = await repository.head();
    const path = tenantFilePath(config.repository.rootDirectory, team);
    const content = (await repository.read(commit, [path])).get(path);
    const { tenant } = content
      ? readTenant(path, content.toString('utf8'))
      : { tenant: undefined };
    return tenant && { commit, values: teamValues(tenant) };
  }

  async #inRepository(team: string) {
    const { config, repository } = this.#options;
    const commit = await repository.head();
    const path = tenantFilePath(config.repository.rootDirectory, team);
    return (await repository.read(commit, [path])).has(path)
      ? { reason: `There is a team ${team} already. Choose another name.` }
      : undefined;
  }

  async #inPullRequests(team: string) {
    const { config, forge } = this.#options;
    const open = await findOpenChangeRequest({
      portal: { forge, repository: config.repository },
      target: { team },
    });
    if (!open) {
      return undefined;
    }
    const { number, url } = open.pullRequest;
    return {
      reason: `A pull request for the team ${team} is open. Choose another name, or wait until it is merged or closed.`,
      link: { title: `Pull request ${number}`, url },
    };
  }

  async #inCatalog(team: string, group: string) {
    const { auth, catalog } = this.#options;
    const kind = await entityWithTeamName(
      catalog,
      { team, group },
      // What the person may see must not decide what is free.
      { credentials: await auth.getOwnServiceCredentials() },
    );
    return kind
      ? {
          reason: `The catalog already has a ${kind} ${team}. Choose another name.`,
        }
      : undefined;
  }
}
