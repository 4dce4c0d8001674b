import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isWorkload } from './filters';

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

export const entityContents = [environmentsContent, findingsContent];
