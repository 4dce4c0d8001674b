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

const overviewCard = EntityCardBlueprint.make({
  name: 'overview',
  params: {
    filter: isWorkload,
    loader: () =>
      import('./components/overview/OverviewCard').then(m => (
        <m.OverviewCard />
      )),
  },
});

const jobsCard = EntityCardBlueprint.make({
  name: 'jobs',
  params: {
    filter: isWorkload,
    loader: () => import('./components/JobsCard').then(m => <m.JobsCard />),
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
  overviewCard,
  jobsCard,
  teamPlanCard,
];
