import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { hasCatalogFileProblems, isTeam, isWorkload } from './filters';

const catalogFileCard = EntityCardBlueprint.make({
  name: 'catalog-file',
  params: {
    filter: hasCatalogFileProblems,
    loader: () =>
      import('./components/CatalogFileCard').then(m => <m.CatalogFileCard />),
  },
});

const environmentsCard = EntityCardBlueprint.make({
  name: 'environments',
  params: {
    filter: isWorkload,
    loader: () =>
      import('./components/EnvironmentsCard').then(m => <m.EnvironmentsCard />),
  },
});

const jobsCard = EntityCardBlueprint.make({
  name: 'jobs',
  params: {
    filter: isWorkload,
    loader: () => import('./components/JobsCard').then(m => <m.JobsCard />),
  },
});

const trivyCard = EntityCardBlueprint.make({
  name: 'trivy',
  params: {
    filter: isWorkload,
    loader: () => import('./components/TrivyCard').then(m => <m.TrivyCard />),
  },
});

const teamPlanCard = EntityCardBlueprint.make({
  name: 'team-plan',
  params: {
    filter: isTeam,
    loader: () =>
      import('./components/TeamPlanCard').then(m => <m.TeamPlanCard />),
  },
});

export const entityCards = [
  catalogFileCard,
  environmentsCard,
  jobsCard,
  trivyCard,
  teamPlanCard,
];
