import {
  GRAFANA_DASHBOARD_SELECTOR_ANNOTATION,
  TEAM_ANNOTATION,
  CATALOG_FILE_PROBLEMS_ANNOTATION,
  WORKLOAD_ANNOTATION,
} from '@internal/plugin-ml-platform-common';

/** Matches entities that our entity provider read from a workload directory. */
export const isWorkload = {
  kind: { $in: ['component', 'resource'] },
  [`metadata.annotations.${WORKLOAD_ANNOTATION}`]: { $exists: true },
};

/** Matches components and resources whose `catalog-info.yaml` the portal cannot show as it is. */
export const hasCatalogFileProblems = {
  kind: { $in: ['component', 'resource'] },
  [`metadata.annotations.${CATALOG_FILE_PROBLEMS_ANNOTATION}`]: {
    $exists: true,
  },
};

/** Matches the systems of teams, which the platform renders from its plan. */
export const isTeam = {
  kind: 'system',
  [`metadata.annotations.${TEAM_ANNOTATION}`]: { $exists: true },
};

/** Matches workloads whose Jobs are runs, as opposed to services and databases. */
export const hasRuns = {
  ...isWorkload,
  'spec.type': { $in: ['training', 'data-processing', 'data-quality'] },
};

/** Matches entities that Grafana dashboards can be tagged for. */
export const hasDashboards = {
  [`metadata.annotations.${GRAFANA_DASHBOARD_SELECTOR_ANNOTATION}`]: {
    $exists: true,
  },
};

/** Matches the groups of teams, which have the names of the teams. */
export const isTeamGroup = { kind: 'group', 'spec.type': 'team' };
