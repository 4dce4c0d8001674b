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
import { countVulnerabilities } from './countVulnerabilities';
import { GroupCache } from './GroupCache';
import type { FirstSeen } from './groupVulnerabilities';
import { imageDifference } from './imageDifference';
import { isEndOfLife } from './imageNotes';
import { imagesPage } from './imagesPage';
import { pageOfFindings } from './pageOfFindings';
import { readReportStates, type ReportStateOf } from './reportState';
import {
  ignoredReports,
  imagesByTeam,
  imagesInScope,
  isImage,
  namespacesInScope,
  type FindingsScope,
} from './scope';
import { countReports, summariseImages } from './teamSummaries';
import { describeGroup, vulnerabilitiesPage } from './vulnerabilitiesPage';
import { vulnerabilityPlaces } from './vulnerabilityPlaces';
import { workloadImages } from './workloadImages';

const MAX_PACKAGES = 100;

/** First seen times of findings, as far as they are known. */
interface FirstSeenSource {
  get: FirstSeen;
  version(): number;
  /** Set while the times are incomplete. */
  problem(): Freshness['problems'][number] | undefined;
}

export interface FindingsReaderOptions {
  store: ClusterStore;
  index: FindingsIndex;
  config: MlPlatformConfig;
  firstSeen: FirstSeenSource;
}

/** Reads Trivy's findings in images in use. Only the teams that the caller may see count. */
export class FindingsReader {
  readonly #options: FindingsReaderOptions;
  readonly #groups: GroupCache;

  constructor(options: FindingsReaderOptions) {
    this.#options = options;
    this.#groups = new GroupCache({
      index: options.index,
      firstSeen: (...finding) => options.firstSeen.get(...finding),
      firstSeenVersion: () => options.firstSeen.version(),
    });
  }

  async vulnerabilities(
    teams: TeamScope,
    query: z.output<typeof vulnerabilitiesQuerySchema>,
  ): Promise<Vulnerabilities> {
    const index = await this.#index();
    const scope = scopeOf(teams, query);
    const groups = this.#groups.get(scope);
    return {
      ...vulnerabilitiesPage(index.table, groups, query),
      ignoredReports: ignoredReports(index, scope),
      freshness: this.#freshness(),
    };
  }

  /** @throws NotFoundError if no image that the caller may see has the vulnerability. */
  async vulnerability(
    teams: TeamScope,
    id: string,
    query: z.output<typeof vulnerabilityPlacesQuerySchema>,
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
    query: z.output<typeof imagesQuerySchema>,
  ): Promise<Images> {
    const stateOf = await this.#reportStates();
    const index = await this.#index();
    const scope = scopeOf(teams, query);
    return {
      ...imagesPage(index.table, imagesInScope(index, scope), stateOf, query),
      ignoredReports: ignoredReports(index, scope),
      freshness: this.#freshness(),
    };
  }

  /** @throws NotFoundError unless the caller may see both images and both have a report. */
  async difference(
    teams: TeamScope,
    query: z.output<typeof imageDifferenceQuerySchema>,
  ): Promise<ImageDifference> {
    const index = await this.#index();
    const images = imagesInScope(index, scopeOf(teams, { team: query.team }));
    const [from, to] = [query.from, query.to].map(reference => {
      const found = images.find(image => isImage(image, reference));
      if (!found) {
        throw notFound();
      }
      return found;
    });
    for (const { identity, report } of [from, to]) {
      if (!report) {
        throw new NotFoundError(
          `There is no report on ${identity} yet. Compare it after it is scanned.`,
        );
      }
    }
    return {
      ...imageDifference(from, to, query),
      freshness: this.#freshness(),
    };
  }

  /** Summarises each team that has a namespace. */
  async summary(
    teams: TeamScope,
    query: z.output<typeof findingsSummaryQuerySchema>,
  ): Promise<FindingsSummary> {
    const stateOf = await this.#reportStates();
    const index = await this.#index();
    const scope = scopeOf(teams, { environment: query.environment });
    const byTeam = imagesByTeam(index, scope);
    const images = imagesInScope(index, scope);
    const names = [
      ...new Set(namespacesInScope(index, scope).map(({ team }) => team)),
    ].sort();
    return {
      items: names
        .slice(query.offset, query.offset + query.limit)
        .map(team => ({
          team,
          ...summariseImages(index.table, byTeam.get(team) ?? [], stateOf),
          ignoredReports: ignoredReports(index, { ...scope, team }),
        })),
      total: names.length,
      reports: countReports(images, stateOf),
      endOfLife: images.filter(isEndOfLife).length,
      freshness: this.#freshness(),
    };
  }

  /** Reads the findings of one workload, which the caller may see; empty if it runs nothing or does not exist. */
  async workload(
    team: string,
    workload: string,
    query: z.output<typeof findingsQuerySchema>,
  ): Promise<Findings> {
    const stateOf = await this.#reportStates();
    const index = await this.#index();
    const scope: FindingsScope = { includes: each => each === team, workload };
    const images = imagesInScope(index, scope);
    const environments = this.#options.config.environments.map(
      ({ name }) => name,
    );
    return {
      ...countVulnerabilities(index.table, images),
      endOfLife: images.filter(isEndOfLife).length,
      ...pageOfFindings(workloadImages(images, stateOf, environments), query),
      ignoredReports: ignoredReports(index, scope),
      freshness: this.#freshness(),
    };
  }

  async #index(): Promise<FindingsIndex> {
    const { index } = this.#options;
    await index.refresh();
    return index;
  }

  #reportStates(): Promise<ReportStateOf> {
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
