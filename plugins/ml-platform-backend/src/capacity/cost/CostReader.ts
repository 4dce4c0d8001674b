import type {
  CostParts,
  costQuerySchema,
  Environment,
  Freshness,
  Prices,
  TeamCost,
  teamCostQuerySchema,
  TeamsCost,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  TeamScope,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import type { CapacityReader } from '../CapacityReader';
import { FreshnessTracker } from '../../kubernetes/FreshnessTracker';
import { tightestResources } from '../quota/tightestResources';
import { USAGE_TYPES, type NamespaceUsage } from '../usage/NamespaceUsage';
import {
  usageNamespaces,
  selectEnvironments,
  type OwnedNamespace,
} from '../usage/teamNamespaces';
import {
  addParts,
  costOfUsage,
  NO_COST,
  toCost,
  totalOf,
  type UsageCost,
} from './costSums';
import { idleShare } from './idleShare';

type TeamQuery = z.output<typeof teamCostQuerySchema>;
type Query = z.output<typeof costQuerySchema>;

type Item = UsageCost & {
  team: string;
  environment: string;
  workload?: string;
};

const NOT_CONFIGURED = {
  configured: false,
  sample: false,
  basis: 'requests' as const,
  totals: toCost(NO_COST),
  total: 0,
  items: [],
  freshness: { stale: false, problems: [] } satisfies Freshness,
};

/** What runs now costs, by what it asks for. */
export class CostReader {
  static create(options: {
    store: ClusterStore;
    config: MlPlatformConfig;
    usage: NamespaceUsage;
    capacity: CapacityReader;
  }): CostReader {
    return new CostReader(options);
  }

  readonly #options: Parameters<typeof CostReader.create>[0];

  private constructor(options: Parameters<typeof CostReader.create>[0]) {
    this.#options = options;
  }

  /** @throws InputError for an environment that there is not. */
  async team(team: string, query: TeamQuery): Promise<TeamCost> {
    const { prices, environments } = this.#options.config;
    if (!prices) {
      return { ...NOT_CONFIGURED, idleQuota: [] };
    }
    const reads = new FreshnessTracker({ store: this.#options.store });
    const owned = await this.#namespaces(
      reads,
      selectEnvironments(environments, query.environment),
      team,
    );
    const all = await this.#items(reads, owned, prices);
    const matching = all.filter(
      ({ workload }) =>
        query.workload === undefined || workload === query.workload,
    );
    const idleQuota = await this.#idleQuota(reads, owned, prices);
    return {
      ...answer(prices, matching, reads),
      items: pageOf(matching, query, item => item.workload).map(
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

  /** Teams outside the scope are left out before anything is added up. */
  async teams(scope: TeamScope, query: Query): Promise<TeamsCost> {
    const { prices, environments } = this.#options.config;
    if (!prices) {
      return NOT_CONFIGURED;
    }
    const reads = new FreshnessTracker({ store: this.#options.store });
    const owned = await this.#namespaces(
      reads,
      selectEnvironments(environments, query.environment),
    );
    const visible = owned.filter(({ team }) => scope.includes(team));
    const teams = addUpTeams(
      visible,
      await this.#items(reads, visible, prices),
    );
    return {
      ...answer(prices, teams, reads),
      items: pageOf(teams, query, item => item.team).map(
        ({ team, pods, parts }) => ({ team, pods, ...toCost(parts) }),
      ),
    };
  }

  async #namespaces(
    reads: FreshnessTracker,
    environments: Environment[],
    team?: string,
  ): Promise<OwnedNamespace[]> {
    const found = await Promise.all(
      environments.map(each => usageNamespaces(reads, each, team)),
    );
    return found.flat();
  }

  async #items(
    reads: FreshnessTracker,
    owned: OwnedNamespace[],
    prices: Prices,
  ): Promise<Item[]> {
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
        ).map(each => ({
          team,
          environment,
          workload: each.workload,
          ...costOfUsage(each, prices, nodes.get(cluster)!),
        })),
      ),
    );
    return items
      .flat()
      .filter(({ pods, parts }) => pods > 0 || totalOf(parts) > 0);
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

function answer(
  prices: Prices,
  matching: UsageCost[],
  reads: FreshnessTracker,
) {
  return {
    configured: true,
    currency: prices.currency,
    sample: prices.sample,
    basis: 'requests' as const,
    totals: toCost(
      matching.map(({ parts }) => parts).reduce(addParts, NO_COST),
    ),
    total: matching.length,
    freshness: reads.freshness(),
  };
}

/** A team without anything that costs is there with nothing. */
function addUpTeams(
  owned: OwnedNamespace[],
  items: Item[],
): Array<UsageCost & { team: string }> {
  const sums = new Map<string, UsageCost>(
    owned.map(({ team }) => [team, { pods: 0, parts: NO_COST }]),
  );
  for (const { team, pods, parts } of items) {
    const sum = sums.get(team) ?? { pods: 0, parts: NO_COST };
    sums.set(team, {
      pods: sum.pods + pods,
      parts: addParts(sum.parts, parts),
    });
  }
  return [...sums].map(([team, sum]) => ({ team, ...sum }));
}

/** What is equal is in order of name and environment, so that pages do not overlap. */
function pageOf<T extends UsageCost & { environment?: string }>(
  items: T[],
  {
    sort,
    order,
    offset,
    limit,
  }: Pick<Query, 'order' | 'offset' | 'limit'> & {
    sort: Query['sort'] | TeamQuery['sort'];
  },
  nameOf: (item: T) => string | undefined,
): T[] {
  const byName = (a: T, b: T) =>
    (nameOf(a) ?? '').localeCompare(nameOf(b) ?? '');
  const bySort = (a: T, b: T) =>
    sort === 'workload' || sort === 'team'
      ? byName(a, b)
      : amountOf(a.parts, sort) - amountOf(b.parts, sort);
  return [...items]
    .sort(
      (a, b) =>
        (order === 'asc' ? bySort(a, b) : bySort(b, a)) ||
        byName(a, b) ||
        (a.environment ?? '').localeCompare(b.environment ?? ''),
    )
    .slice(offset, offset + limit);
}

function amountOf(
  parts: CostParts,
  sort: 'cost' | 'cpu' | 'memory' | 'gpu' | 'storage',
): number {
  return sort === 'cost' ? totalOf(parts) : parts[sort];
}
