import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { CatalogProblems } from './CatalogProblems';

const component = (name: string, message?: string): AlphaEntity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: message ? { 'ml-platform.io/catalog-file-problems': '1' } : {},
  },
  ...(message && {
    status: {
      items: [{ type: 'ml-platform.io/catalog-file', level: 'error', message }],
    },
  }),
});

function render(entities: AlphaEntity[]) {
  renderInTestApp(<CatalogProblems />, {
    apis: [[catalogApiRef, catalogApiMock({ entities })]],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('CatalogProblems', () => {
  it('lists components whose file has problems', async () => {
    render([component('healthy'), component('broken', 'It was deleted.')]);
    expect(await screen.findByText('It was deleted.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'broken' })).toHaveAttribute(
      'href',
      '/catalog/default/component/broken',
    );
    expect(screen.queryByText('healthy')).not.toBeInTheDocument();
  });

  it('says that there are none', async () => {
    render([component('healthy')]);
    expect(
      await screen.findByText('No catalog-info.yaml has a problem.'),
    ).toBeInTheDocument();
  });
});
