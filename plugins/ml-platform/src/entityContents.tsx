import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { hasDashboards, hasRuns, isTeamGroup, isWorkload } from './filters';

const environmentsContent = EntityContentBlueprint.make({
  name: 'environments',
  params: {
    path: '/environments',
    title: 'Environments',
    group: 'environments',
    filter: isWorkload,
    loader: () =>
      import('./components/environments/EnvironmentsContent').then(m => (
        <m.EnvironmentsContent />
      )),
  },
});

const teamContent = EntityContentBlueprint.make({
  name: 'team',
  params: {
    path: '/environments',
    title: 'Environments',
    group: 'environments',
    filter: isTeamGroup,
    loader: () =>
      import('./components/team/TeamContent').then(m => <m.TeamContent />),
  },
});

const workloadsContent = EntityContentBlueprint.make({
  name: 'workloads',
  params: {
    path: '/workloads',
    title: 'Workloads',
    group: 'workloads',
    filter: isWorkload,
    loader: () =>
      import('./components/workloads/WorkloadsContent').then(m => (
        <m.WorkloadsContent />
      )),
  },
});

const runsContent = EntityContentBlueprint.make({
  name: 'runs',
  params: {
    path: '/runs',
    title: 'Runs',
    group: 'runs',
    filter: hasRuns,
    loader: () =>
      import('./components/runs/RunsContent').then(m => <m.RunsContent />),
  },
});

const findingsContent = EntityContentBlueprint.make({
  name: 'findings',
  params: {
    path: '/findings',
    title: 'Findings',
    group: 'observability',
    filter: isWorkload,
    loader: () =>
      import('./components/FindingsContent').then(m => <m.FindingsContent />),
  },
});

const dashboardsContent = EntityContentBlueprint.make({
  name: 'dashboards',
  params: {
    path: '/dashboards',
    title: 'Dashboards',
    group: 'observability',
    filter: hasDashboards,
    loader: () =>
      import('@backstage-community/plugin-grafana').then(m => (
        <m.EntityGrafanaDashboardsCard />
      )),
  },
});

export const entityContents = [
  environmentsContent,
  teamContent,
  workloadsContent,
  runsContent,
  findingsContent,
  dashboardsContent,
];
