import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { hasRuns, isWorkload } from './filters';

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

export const entityContents = [
  environmentsContent,
  workloadsContent,
  runsContent,
  findingsContent,
];
