import {
  healthStateSchema,
  type HealthCounts,
  type HealthState,
  type TeamOverview as Overview,
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
import { WORST_FIRST, worstOf } from './health/healthOf';
import type { TeamStates } from './TeamStates';
import { workloadFreshness } from './workloadFreshness';
import { withUnread } from './WorkloadReader';

const COMPARE: Record<
  z.output<typeof teamWorkloadsQuerySchema>['sort'],
  (a: TeamWorkload, b: TeamWorkload) => number
> = {
  name: (a, b) => a.workload.localeCompare(b.workload),
  state: (a, b) => WORST_FIRST.indexOf(a.state) - WORST_FIRST.indexOf(b.state),
  deployedAt: (a, b) => (a.deployedAt ?? '').localeCompare(b.deployedAt ?? ''),
};

/** How the workloads of a team are, and the teams. */
export class TeamOverview {
  static create(options: {
    store: ClusterStore;
    config: MlPlatformConfig;
    states: TeamStates;
  }): TeamOverview {
    return new TeamOverview(options);
  }

  readonly #options: Parameters<typeof TeamOverview.create>[0];

  private constructor(options: Parameters<typeof TeamOverview.create>[0]) {
    this.#options = options;
  }

  async workloads(
    team: string,
    query: z.output<typeof teamWorkloadsQuerySchema>,
  ): Promise<TeamWorkloads> {
    const { store, config } = this.#options;
    const search = query.search?.toLowerCase();
    const found = (await this.#read(team, query.environment)).filter(
      ({ workload }) => search === undefined || workload.includes(search),
    );
    const items = found.filter(
      ({ state }) => query.state === undefined || state === query.state,
    );
    const sign = query.order === 'asc' ? 1 : -1;
    items.sort(
      (a, b) =>
        sign * COMPARE[query.sort](a, b) ||
        a.workload.localeCompare(b.workload),
    );
    return {
      items: items.slice(query.offset, query.offset + query.limit),
      total: items.length,
      counts: countStates(found),
      freshness: workloadFreshness(store, config).freshness(),
    };
  }

  /** Teams outside the scope are not counted, either. */
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
    const page = ({ offset, limit }: typeof query) =>
      [offset, offset + limit] as const;
    const isByName = query.sort === 'name';
    const wanted =
      query.order === 'desc' && isByName ? names.toReversed() : names;
    // Only a sort by what the workloads are needs all teams.
    const items = await Promise.all(
      (isByName ? wanted.slice(...page(query)) : wanted).map(team =>
        this.#team(team),
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
            .slice(...page(query)),
      total: names.length,
      freshness: workloadFreshness(store, config).freshness(),
    };
  }

  async #team(team: string): Promise<Overview> {
    const workloads = await this.#read(team);
    return {
      team,
      workloads: workloads.length,
      counts: countStates(workloads),
    };
  }

  async #read(team: string, environment?: string): Promise<TeamWorkload[]> {
    const { store, states } = this.#options;
    return [...(await states.get(team))].map(([workload, state]) => {
      const environments = state.environments
        .filter(
          each => environment === undefined || each.environment === environment,
        )
        .map(each => inList(withUnread(store, each)));
      return {
        workload,
        state: worstOf(environments.map(({ health }) => health.state)),
        deployedAt: environments
          .map(({ deployedAt }) => deployedAt)
          .filter(at => at !== undefined)
          .sort()
          .at(-1),
        environments,
      };
    });
  }
}

function inList({
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

function countStates(workloads: Array<{ state: HealthState }>): HealthCounts {
  const counts = Object.fromEntries(
    healthStateSchema.options.map(state => [state, 0]),
  ) as HealthCounts;
  for (const { state } of workloads) {
    counts[state] += 1;
  }
  return counts;
}

/** The team with most that is degraded first, then with most that waits, and so on. */
function compareCounts(a: Overview, b: Overview): number {
  return (
    WORST_FIRST.map(state => b.counts[state] - a.counts[state]).find(
      difference => difference !== 0,
    ) ?? 0
  );
}
