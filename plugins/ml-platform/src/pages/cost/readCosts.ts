import type {
  Cost,
  Freshness,
  TeamCost,
} from '@internal/plugin-ml-platform-common';
import type { MlPlatformClient } from '../../api/MlPlatformClient';
import { PAGE_SIZE, type CostFilters } from './costFilters';

export interface CostRow extends Cost {
  id: string;
  /** Team, or workload; absent for pods without a workload. */
  name?: string;
  /** Only for workloads. */
  environment?: string;
  pods: number;
}

/** Costs of teams or of workloads, in one form. */
export interface Costs {
  configured: boolean;
  currency: string;
  sample: boolean;
  /** Sums over all pages. */
  totals: Cost;
  rows: CostRow[];
  total: number;
  /** Team whose workloads the rows are; absent for rows that are teams. */
  team?: string;
  /** Teams that the rows are about. */
  teams: string[];
  idleQuota: TeamCost['idleQuota'];
  freshness: Freshness;
}

/** Reads all teams, or the workloads of the chosen one. */
export async function readCosts(
  client: MlPlatformClient,
  filters: CostFilters,
): Promise<Costs> {
  const { team, environment, sort, order, page } = filters;
  const query = {
    environment: environment || undefined,
    order,
    offset: (Number(page) - 1) * PAGE_SIZE,
    limit: PAGE_SIZE,
  };
  if (team) {
    const {
      items,
      currency = '',
      ...cost
    } = await client.getTeamCost(team, {
      ...query,
      sort: sort === 'name' ? 'workload' : sort,
    });
    return {
      ...cost,
      currency,
      team,
      teams: [team],
      rows: items.map(item => ({
        ...item,
        id: `${item.environment} ${item.workload ?? ''}`,
        name: item.workload,
      })),
    };
  }
  const {
    items,
    currency = '',
    ...cost
  } = await client.getCost({
    ...query,
    sort: sort === 'name' ? 'team' : sort,
  });
  return {
    ...cost,
    currency,
    teams: items.map(item => item.team),
    idleQuota: [],
    rows: items.map(item => ({ ...item, id: item.team, name: item.team })),
  };
}
