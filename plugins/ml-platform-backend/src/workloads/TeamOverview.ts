import {
  healthStateSchema,
  type HealthCounts,
  type HealthState,
  type JobSummary,
  type TeamOverview as TeamOverviewDto,
  type Teams,
  type teamsQuerySchema,
  type TeamWorkload,
  type TeamWorkloads,
  type teamWorkloadsQuerySchema,
  type WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { readTeamQuota } from '../capacity/quota/readTeamQuota';
import type { WorkloadFindingsReader } from '../findings/WorkloadFindingsReader';
import type { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { WORST_FIRST, worstOf } from './health/healthOf';
import { listProblems, statesIn } from './teamProblems';
import type { TeamStates } from './TeamStates';
import { workloadFreshness } from './workloadFreshness';
import { withUnknownHealth } from './WorkloadReader';

const WORKLOAD_ORDERS: Record<
  z.output<typeof teamWorkloadsQuerySchema>['sort'],
  (a: TeamWorkload, b: TeamWorkload) => number
> = {
  name: (a, b) => a.workload.localeCompare(b.workload),
  state: (a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state),
  deployedAt: (a, b) => (a.deployedAt ?? '').localeCompare(b.deployedAt ?? ''),
};

interface TeamOverviewOptions {
  store: ClusterStore;
  config: MlPlatformConfig;
  states: TeamStates;
  findings: WorkloadFindingsReader;
}

/** Lists teams, and the workloads of a team, with their health. */
export class TeamOverview {
  readonly #options: TeamOverviewOptions;

  constructor(options: TeamOverviewOptions) {
    this.#options = options;
  }

  /** @param options.withFindings - adds the findings in numbers. */
  async workloads(
    team: string,
    query: z.output<typeof teamWorkloadsQuerySchema>,
    { withFindings }: { withFindings: boolean },
  ): Promise<TeamWorkloads> {
    const { store, config, findings } = this.#options;
    const reads = workloadFreshness(store, config);
    const search = query.search?.toLowerCase();
    const matching = (
      await this.#listWorkloads(team, query.environment)
    ).filter(
      ({ workload }) => search === undefined || workload.includes(search),
    );
    const items = matching.filter(
      ({ state }) => query.state === undefined || state === query.state,
    );
    const sign = query.order === 'asc' ? 1 : -1;
    items.sort(
      (a, b) =>
        sign * WORKLOAD_ORDERS[query.sort](a, b) ||
        a.workload.localeCompare(b.workload),
    );
    const page = items.slice(query.offset, query.offset + query.limit);
    const counts = withFindings
      ? await findings.count(
          page.map(({ workload }) => ({ team, workload })),
          reads,
        )
      : [];
    return {
      items: page.map((item, index) => ({ ...item, findings: counts[index] })),
      total: items.length,
      counts: countStates(matching),
      freshness: reads.freshness(),
    };
  }

  /** Teams outside the scope are neither listed nor counted. */
  async teams(
    scope: TeamScope,
    query: z.output<typeof teamsQuerySchema>,
  ): Promise<Teams> {
    const { store, config, states } = this.#options;
    const search = query.search?.toLowerCase();
    const names = (await states.teams()).filter(
      team =>
        scope.includes(team) && (search === undefined || team.includes(search)),
    );
    const page = [query.offset, query.offset + query.limit] as const;
    const reads = workloadFreshness(store, config);
    const isByName = query.sort === 'name';
    const sorted =
      query.order === 'desc' && isByName ? names.toReversed() : names;
    // Sorting by state needs the counts of all teams.
    const items = await Promise.all(
      (isByName ? sorted.slice(...page) : sorted).map(team =>
        this.#teamOverview(reads, team),
      ),
    );
    const sign = query.order === 'asc' ? 1 : -1;
    return {
      items: isByName
        ? items
        : items
            .sort(
              (a, b) =>
                sign * compareCounts(a, b) || a.team.localeCompare(b.team),
            )
            .slice(...page),
      total: names.length,
      freshness: reads.freshness(),
    };
  }

  async #teamOverview(
    reads: FreshnessTracker,
    team: string,
  ): Promise<TeamOverviewDto> {
    const { environments } = this.#options.config;
    const workloads = await this.#listWorkloads(team);
    return {
      team,
      workloads: workloads.length,
      counts: countStates(workloads),
      environments: await Promise.all(
        environments.map(async environment => ({
          environment: environment.name,
          counts: countStates(statesIn(workloads, environment.name)),
          quota: await readTeamQuota(reads, team, environment),
        })),
      ),
      problems: listProblems(workloads),
    };
  }

  async #listWorkloads(
    team: string,
    environment?: string,
  ): Promise<TeamWorkload[]> {
    const { store, states } = this.#options;
    return [...(await states.get(team))].map(([workload, state]) => {
      const environments = state.environments
        .filter(
          each => environment === undefined || each.environment === environment,
        )
        .map(each => toListItem(withUnknownHealth(store, each)));
      return {
        workload,
        state: worstOf(environments.map(({ health }) => health.state)),
        deployedAt: environments
          .map(({ deployedAt }) => deployedAt)
          .filter(at => at !== undefined)
          .sort()
          .at(-1),
        environments,
        runs: countRuns(
          state.jobs.filter(
            each =>
              environment === undefined || each.environment === environment,
          ),
        ),
      };
    });
  }
}

function toListItem({
  environment,
  health,
  pods,
  image,
  application,
}: WorkloadEnvironment): TeamWorkload['environments'][number] {
  return {
    environment,
    health,
    pods: { ready: pods.ready, total: pods.total },
    image,
    sync: application?.sync,
    revision: application?.revision,
    deployedAt: application?.deployedAt,
  };
}

function countRuns(jobs: JobSummary[]): TeamWorkload['runs'] {
  const count = (state: JobSummary['state']) =>
    jobs.filter(job => job.run !== undefined && job.state === state).length;
  return { running: count('Running'), waiting: count('Pending') };
}

function countStates(workloads: Array<{ state: HealthState }>): HealthCounts {
  const counts = Object.fromEntries(
    healthStateSchema.options.map(state => [state, 0]),
  ) as HealthCounts;
  for (const { state } of workloads) {
    counts[state] += 1;
  }
  return counts;
}

/** Orders teams by the number of workloads in the worst state, then in the second worst, and so on. */
function compareCounts(a: TeamOverviewDto, b: TeamOverviewDto): number {
  return (
    WORST_FIRST.map(state => b.counts[state] - a.counts[state]).find(
      difference => difference !== 0,
    ) ?? 0
  );
}
