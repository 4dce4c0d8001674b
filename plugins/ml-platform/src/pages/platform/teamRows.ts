import type {
  FindingsSummary,
  HealthCounts,
  HealthState,
  QuotaResource,
  TeamFindings,
  TeamOverview,
  Teams,
  TeamsCost,
} from '@internal/plugin-ml-platform-common';
import type { PlatformFilters } from './platformFilters';

/** A team's amount of one resource, over the environments that have a quota for it. */
interface TeamQuota {
  /** Name of one, for example `GPU`; empty for CPU. */
  name: string;
  used: number;
  hard: number;
}

export interface TeamRow {
  id: string;
  overview: TeamOverview;
  /** Worst state in the environments that are shown; undefined while nothing is deployed there. */
  state?: HealthState;
  gpus: TeamQuota[];
  /** The environment whose CPU quota has the least left, by share. */
  cpu?: TeamQuota & { environment: string };
  /** Absent where they are not known. */
  findings?: TeamFindings;
  costPerMonth?: number;
}

/** Worst first. A state that is not known ranks above those that only take time. */
const STATES: HealthState[] = [
  'degraded',
  'unknown',
  'waiting',
  'progressing',
  'suspended',
  'healthy',
];

/** Worst state of the workloads that are deployed; undefined when none is. */
export function worstState(counts: HealthCounts): HealthState | undefined {
  return STATES.find(state => counts[state] > 0);
}

/** Number of workloads that are deployed. */
export function deployedCount(counts: HealthCounts): number {
  return STATES.reduce((sum, state) => sum + counts[state], 0);
}

/** Joins what is known of each team, filters and sorts. */
export function teamRows(
  sources: { teams: Teams; findings?: FindingsSummary; cost?: TeamsCost },
  filters: PlatformFilters,
): TeamRow[] {
  const { environment, state, search, sort, order } = filters;
  const words = search.toLocaleLowerCase('en-US');
  const rows = sources.teams.items
    .filter(({ team }) => team.includes(words))
    .map(overview => teamRow(overview, sources, environment))
    .filter(row => state === '' || hasState(row, state, environment));
  const sign = order === 'asc' ? 1 : -1;
  return rows.sort(
    (a, b) =>
      sign * (sortValue(a, sort) - sortValue(b, sort)) ||
      (sort === 'team' ? -sign : 1) *
        a.overview.team.localeCompare(b.overview.team),
  );
}

function teamRow(
  overview: TeamOverview,
  sources: { findings?: FindingsSummary; cost?: TeamsCost },
  environment: string,
): TeamRow {
  const { team } = overview;
  const environments = overview.environments.filter(
    each => environment === '' || each.environment === environment,
  );
  const states = environments.map(({ counts }) => worstState(counts));
  return {
    id: team,
    overview,
    state: STATES.find(state => states.includes(state)),
    gpus: sumGpus(environments.flatMap(({ quota }) => quota)),
    cpu: tightestCpu(environments),
    findings: sources.findings?.items.find(item => item.team === team),
    costPerMonth: sources.cost?.items.find(item => item.team === team)
      ?.perMonth,
  };
}

function hasState(
  { overview }: TeamRow,
  state: HealthState,
  environment: string,
): boolean {
  return overview.environments.some(
    each =>
      (environment === '' || each.environment === environment) &&
      each.counts[state] > 0,
  );
}

/** Sums per sort of GPU: amounts of different sorts are never added up. */
function sumGpus(quota: QuotaResource[]): TeamQuota[] {
  const sums = new Map<string, TeamQuota>();
  for (const { gpu, used = 0, hard } of quota) {
    if (gpu) {
      const sum = sums.get(gpu.resource) ?? {
        name: gpu.name,
        used: 0,
        hard: 0,
      };
      sums.set(gpu.resource, {
        ...sum,
        used: sum.used + used,
        hard: sum.hard + hard,
      });
    }
  }
  return [...sums.values()].filter(({ used, hard }) => hard > 0 || used > 0);
}

function tightestCpu(
  environments: TeamOverview['environments'],
): TeamRow['cpu'] {
  return environments
    .flatMap(({ environment, quota }) =>
      quota
        .filter(({ resource, hard }) => resource === 'requests.cpu' && hard > 0)
        .map(({ used = 0, hard }) => ({ environment, name: '', used, hard })),
    )
    .sort((a, b) => b.used / b.hard - a.used / a.hard)[0];
}

/** Greater is worse, more or more expensive. */
function sortValue(row: TeamRow, sort: PlatformFilters['sort']): number {
  switch (sort) {
    case 'state':
      return row.state === undefined
        ? -1
        : STATES.length - STATES.indexOf(row.state);
    case 'gpu':
      return Math.max(-1, ...row.gpus.map(({ used, hard }) => used / hard));
    case 'cpu':
      return row.cpu ? row.cpu.used / row.cpu.hard : -1;
    case 'findings':
      return row.findings
        ? row.findings.counts.CRITICAL * 10_000 + row.findings.counts.HIGH
        : -1;
    case 'cost':
      return row.costPerMonth ?? -1;
    default:
      return 0;
  }
}
