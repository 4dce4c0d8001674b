import {
  addCosts,
  NO_COST,
  totalCost,
  type CostParts,
  type costQuerySchema,
  type Environment,
  type Freshness,
  type Prices,
  type TeamCost,
  type teamCostQuerySchema,
  type TeamsCost,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { FreshnessTracker } from '../../kubernetes/FreshnessTracker';
import type { CapacityReader } from '../CapacityReader';
import { tightestResources } from '../quota/tightestResources';
import { USAGE_TYPES, type NamespaceUsage } from '../usage/NamespaceUsage';
import {
  selectEnvironments,
  usageNamespaces,
  type OwnedNamespace,
} from '../usage/usageNamespaces';
import { costOfUsage, toCost, type UsageCost } from './costSums';
import { idleShare } from './idleShare';

type ParsedTeamCostQuery = z.output<typeof teamCostQuerySchema>;
type ParsedCostQuery = z.output<typeof costQuerySchema>;

type CostItem = UsageCost & {
  team: string;
  environment: string;
  workload?: string;
};

const NOT_CONFIGURED_COST = {
  configured: false,
  sample: false,
  basis: 'requests' as const,
  totals: toCost(NO_COST),
  total: 0,
  items: [],
  freshness: { stale: false, problems: [] } satisfies Freshness,
};

interface CostReaderOptions {
  store: ClusterStore;
  config: MlPlatformConfig;
  usage: NamespaceUsage;
  capacity: CapacityReader;
}

/** Reads the current cost of workloads and teams, computed from resource requests. */
export class CostReader {
  readonly #options: CostReaderOptions;

  constructor(options: CostReaderOptions) {
    this.#options = options;
  }

  /** @throws InputError for an unknown environment. */
  async team(team: string, query: ParsedTeamCostQuery): Promise<TeamCost> {
    const { prices, environments } = this.#options.config;
    if (!prices) {
      return { ...NOT_CONFIGURED_COST, idleQuota: [] };
    }
    const reads = new FreshnessTracker({ store: this.#options.store });
    const owned = await this.#listNamespaces(
      reads,
      selectEnvironments(environments, query.environment),
      team,
    );
    const all = await this.#costItems(reads, owned, prices);
    const matching = all.filter(
      ({ workload }) =>
        query.workload === undefined || workload === query.workload,
    );
    const idleQuota = await this.#idleQuota(reads, owned, prices);
    return {
      ...costOverview(prices, matching, reads),
      items: costPage(matching, query, item => item.workload).map(
        ({ workload, environment, pods, parts }) => ({
          workload,
          environment,
          pods,
          ...toCost(parts),
        }),
      ),
      idleQuota,
    };
  }

  /** Teams outside the scope are excluded before any sum is computed. */
  async teams(scope: TeamScope, query: ParsedCostQuery): Promise<TeamsCost> {
    const { prices, environments } = this.#options.config;
    if (!prices) {
      return NOT_CONFIGURED_COST;
    }
    const reads = new FreshnessTracker({ store: this.#options.store });
    const owned = await this.#listNamespaces(
      reads,
      selectEnvironments(environments, query.environment),
    );
    const visible = owned.filter(({ team }) => scope.includes(team));
    const teams = sumByTeam(
      visible,
      await this.#costItems(reads, visible, prices),
    );
    return {
      ...costOverview(prices, teams, reads),
      items: costPage(teams, query, item => item.team).map(
        ({ team, pods, parts }) => ({ team, pods, ...toCost(parts) }),
      ),
    };
  }

  async #listNamespaces(
    reads: FreshnessTracker,
    environments: Environment[],
    team?: string,
  ): Promise<OwnedNamespace[]> {
    const found = await Promise.all(
      environments.map(environment =>
        usageNamespaces(reads, environment, team),
      ),
    );
    return found.flat();
  }

  async #costItems(
    reads: FreshnessTracker,
    owned: OwnedNamespace[],
    prices: Prices,
  ): Promise<CostItem[]> {
    const { usage, capacity } = this.#options;
    const clusters = [...new Set(owned.map(({ cluster }) => cluster))];
    const nodes = new Map(
      await Promise.all(
        clusters.map(
          async cluster => [cluster, await capacity.nodes(cluster)] as const,
        ),
      ),
    );
    clusters.forEach(cluster => reads.track(cluster, 'nodes', ...USAGE_TYPES));
    const items = await Promise.all(
      owned.map(async ({ cluster, namespace, team, environment }) =>
        (
          await usage.get(cluster, namespace)
        ).map(workloadUsage => ({
          team,
          environment,
          workload: workloadUsage.workload,
          ...costOfUsage(workloadUsage, prices, nodes.get(cluster)!),
        })),
      ),
    );
    return items
      .flat()
      .filter(({ pods, parts }) => pods > 0 || totalCost(parts) > 0);
  }

  async #idleQuota(
    reads: FreshnessTracker,
    owned: OwnedNamespace[],
    prices: Prices,
  ): Promise<TeamCost['idleQuota']> {
    const shares = await Promise.all(
      owned.map(async ({ cluster, namespace, environment }) => {
        const quotas = await reads.list(cluster, 'resourcequotas', {
          namespace,
        });
        return {
          environment,
          share: idleShare(tightestResources(quotas), prices),
        };
      }),
    );
    return shares.flatMap(({ environment, share }) =>
      share === undefined ? [] : [{ environment, share }],
    );
  }
}

/** Fields that a team's cost and the cost of all teams have in common. */
function costOverview(
  prices: Prices,
  costs: UsageCost[],
  reads: FreshnessTracker,
) {
  return {
    configured: true,
    currency: prices.currency,
    sample: prices.sample,
    basis: 'requests' as const,
    totals: toCost(costs.map(({ parts }) => parts).reduce(addCosts, NO_COST)),
    total: costs.length,
    freshness: reads.freshness(),
  };
}

/** Sums by team. A team without costs is included, with zero. */
function sumByTeam(
  owned: OwnedNamespace[],
  items: CostItem[],
): Array<UsageCost & { team: string }> {
  const sums = new Map<string, UsageCost>(
    owned.map(({ team }) => [team, { pods: 0, parts: NO_COST }]),
  );
  for (const { team, pods, parts } of items) {
    const sum = sums.get(team) ?? { pods: 0, parts: NO_COST };
    sums.set(team, {
      pods: sum.pods + pods,
      parts: addCosts(sum.parts, parts),
    });
  }
  return [...sums].map(([team, sum]) => ({ team, ...sum }));
}

/** Sorts and slices items. Ties are broken by name and environment, so that pages do not overlap. */
function costPage<T extends UsageCost & { environment?: string }>(
  items: T[],
  {
    sort,
    order,
    offset,
    limit,
  }: Pick<ParsedCostQuery, 'order' | 'offset' | 'limit'> & {
    sort: ParsedCostQuery['sort'] | ParsedTeamCostQuery['sort'];
  },
  nameOf: (item: T) => string | undefined,
): T[] {
  const byName = (a: T, b: T) =>
    (nameOf(a) ?? '').localeCompare(nameOf(b) ?? '');
  const bySort = (a: T, b: T) =>
    sort === 'workload' || sort === 'team'
      ? byName(a, b)
      : sortValue(a.parts, sort) - sortValue(b.parts, sort);
  return [...items]
    .sort(
      (a, b) =>
        (order === 'asc' ? bySort(a, b) : bySort(b, a)) ||
        byName(a, b) ||
        (a.environment ?? '').localeCompare(b.environment ?? ''),
    )
    .slice(offset, offset + limit);
}

function sortValue(
  parts: CostParts,
  sort: 'cost' | 'cpu' | 'memory' | 'gpu' | 'storage',
): number {
  return sort === 'cost' ? totalCost(parts) : parts[sort];
}
