import { EntityCardBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isWorkload } from './filters';

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

export const entityCards = [environmentsCard, jobsCard, trivyCard];
