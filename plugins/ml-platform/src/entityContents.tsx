import { EntityContentBlueprint } from '@backstage/plugin-catalog-react/alpha';
import { isWorkload } from './filters';

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

export const entityContents = [findingsContent];
