import { NotFoundError } from '@backstage/errors';
import type {
  Findings,
  findingsQuerySchema,
  FindingsSummary,
  findingsSummaryQuerySchema,
  Freshness,
  ImageDifference,
  imageDifferenceQuerySchema,
  Images,
  imagesQuerySchema,
  Vulnerabilities,
  vulnerabilitiesQuerySchema,
  VulnerabilityDetail,
  vulnerabilityPlacesQuerySchema,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { notFound } from '../http/TeamAccess';
import { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { FINDING_TYPES, type FindingsIndex } from './FindingsIndex';
import { GroupCache } from './GroupCache';
import type { FirstSeen } from './groupVulnerabilities';
import { imageDifference } from './imageDifference';
import { imagesPage } from './imagesPage';
import { pageOfFindings } from './pageOfFindings';
import { readReportStates, type StateOf } from './reportState';
import {
  imagesByTeam,
  imagesInScope,
  namespacesInScope,
  type FindingsScope,
} from './scope';
import { summariseTeam } from './teamSummaries';
import { describeGroup, vulnerabilitiesPage } from './vulnerabilitiesPage';
import { vulnerabilityPlaces } from './vulnerabilityPlaces';
import { workloadImages } from './workloadImages';

const MAX_PACKAGES = 100;

type Query<T extends z.ZodType> = z.output<T>;

/** When findings were first seen, as far as it is known. */
export interface FirstSeenSource {
  get: FirstSeen;
  version(): number;
  /** Why it is not known, in words, when it is not. */
  problem(): Freshness['problems'][number] | undefined;
}

/** What Trivy found in the images that run now, for one caller's teams: what these may not see counts nowhere. */
export class FindingsReader {
  static create(options: {
    store: ClusterStore;
    index: FindingsIndex;
    config: MlPlatformConfig;
    firstSeen: FirstSeenSource;
  }): FindingsReader {
    return new FindingsReader(options);
  }

  readonly #options: Parameters<typeof FindingsReader.create>[0];
  readonly #groups: GroupCache;

  private constructor(options: Parameters<typeof FindingsReader.create>[0]) {
    this.#options = options;
    this.#groups = GroupCache.create({
      index: options.index,
      firstSeen: (...finding) => options.firstSeen.get(...finding),
      firstSeenVersion: () => options.firstSeen.version(),
    });
  }

  async vulnerabilities(
    teams: TeamScope,
    query: Query<typeof vulnerabilitiesQuerySchema>,
  ): Promise<Vulnerabilities> {
    const index = await this.#index();
    const groups = this.#groups.get(scopeOf(teams, query));
    return {
      ...vulnerabilitiesPage(index.table, groups, query),
      freshness: this.#freshness(),
    };
  }

  /** @throws NotFoundError when nothing that the caller may see has it. */
  async vulnerability(
    teams: TeamScope,
    id: string,
    query: Query<typeof vulnerabilityPlacesQuerySchema>,
  ): Promise<VulnerabilityDetail> {
    const { table } = await this.#index();
    const scope = scopeOf(teams, query);
    const groups = this.#groups.get(scope);
    const number = table.numberOf(id);
    const group = groups.all.find(
      ({ vulnerability }) => vulnerability === number,
    );
    if (!group) {
      throw notFound();
    }
    return {
      ...describeGroup(table, groups, group, MAX_PACKAGES),
      ...vulnerabilityPlaces(
        table,
        imagesInScope(this.#options.index, scope),
        group.vulnerability,
        query,
      ),
      freshness: this.#freshness(),
    };
  }

  async images(
    teams: TeamScope,
    query: Query<typeof imagesQuerySchema>,
  ): Promise<Images> {
    const stateOf = await this.#reportStates();
    const index = await this.#index();
    return {
      ...imagesPage(
        imagesInScope(index, scopeOf(teams, query)),
        stateOf,
        query,
      ),
      freshness: this.#freshness(),
    };
  }

  /** @throws NotFoundError unless the caller may see both images, and both have a report. */
  async difference(
    teams: TeamScope,
    query: Query<typeof imageDifferenceQuerySchema>,
  ): Promise<ImageDifference> {
    const index = await this.#index();
    const scope = scopeOf(teams, { team: query.team });
    const [from, to] = [query.from, query.to].map(image => {
      const [found] = imagesInScope(index, { ...scope, image });
      if (!found) {
        throw notFound();
      }
      return found;
    });
    for (const { identity, report } of [from, to]) {
      if (!report) {
        throw new NotFoundError(
          `There is no report on ${identity} yet. Compare it when it was scanned.`,
        );
      }
    }
    return {
      ...imageDifference(from, to, query),
      freshness: this.#freshness(),
    };
  }

  /** By team, for those that run something. */
  async summary(
    teams: TeamScope,
    query: Query<typeof findingsSummaryQuerySchema>,
  ): Promise<FindingsSummary> {
    const stateOf = await this.#reportStates();
    const index = await this.#index();
    const scope = scopeOf(teams, { environment: query.environment });
    const byTeam = imagesByTeam(index, scope);
    const names = [
      ...new Set(namespacesInScope(index, scope).map(({ team }) => team)),
    ].sort();
    return {
      items: names
        .slice(query.offset, query.offset + query.limit)
        .map(team =>
          summariseTeam(index.table, team, byTeam.get(team) ?? [], stateOf),
        ),
      total: names.length,
      freshness: this.#freshness(),
    };
  }

  /** Of one team's workload, which the caller may see. A workload that does not exist runs nothing: an empty answer. */
  async workload(
    team: string,
    workload: string,
    query: Query<typeof findingsQuerySchema>,
  ): Promise<Findings> {
    const index = await this.#index();
    const images = imagesInScope(index, {
      includes: each => each === team,
      workload,
    });
    const environments = this.#options.config.environments.map(
      ({ name }) => name,
    );
    return {
      ...pageOfFindings(workloadImages(images, environments), query),
      freshness: this.#freshness(),
    };
  }

  async #index(): Promise<FindingsIndex> {
    const { index } = this.#options;
    await index.refresh();
    return index;
  }

  #reportStates(): Promise<StateOf> {
    const { store, config } = this.#options;
    return readReportStates({
      store,
      staleAfterHours: config.findings.staleAfterHours,
      now: Date.now(),
    });
  }

  #freshness(): Freshness {
    const { store, firstSeen } = this.#options;
    const reads = new FreshnessTracker({ store });
    for (const cluster of store.clusters()) {
      reads.track(cluster, ...FINDING_TYPES);
    }
    const freshness = reads.freshness();
    const problem = firstSeen.problem();
    return problem
      ? { ...freshness, problems: [...freshness.problems, problem] }
      : freshness;
  }
}

function scopeOf(
  teams: TeamScope,
  query: Omit<FindingsScope, 'includes'>,
): FindingsScope {
  const { team, environment, workload, image } = query;
  return {
    includes: each => teams.includes(each),
    team,
    environment,
    workload,
    image,
  };
}
