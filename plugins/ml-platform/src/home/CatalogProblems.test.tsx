import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import { identityApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { CatalogProblems } from './CatalogProblems';

const component = (
  name: string,
  message?: string,
  team = 'app-ml-team',
): AlphaEntity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name,
    namespace: 'default',
    annotations: message ? { 'ml-platform.io/catalog-file-problems': '1' } : {},
  },
  relations: [{ type: 'ownedBy', targetRef: `group:default/${team}` }],
  ...(message && {
    status: {
      items: [{ type: 'ml-platform.io/catalog-file', level: 'error', message }],
    },
  }),
});

function render(entities: AlphaEntity[]) {
  renderInTestApp(<CatalogProblems />, {
    apis: [
      [catalogApiRef, catalogApiMock({ entities })],
      [
        identityApiRef,
        mockApis.identity({
          ownershipEntityRefs: ['user:default/me', 'group:default/app-ml-team'],
        }),
      ],
    ],
    mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
  });
}

describe('CatalogProblems', () => {
  it('lists components of own teams whose file has problems', async () => {
    render([
      component('healthy'),
      component('broken', 'It was deleted.'),
      component('foreign', 'Call this number.', 'app-data-team'),
    ]);
    expect(await screen.findByText('It was deleted.')).toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'broken' })).toHaveAttribute(
      'href',
      '/catalog/default/component/broken',
    );
    expect(screen.queryByText('healthy')).not.toBeInTheDocument();
    expect(screen.queryByText('foreign')).not.toBeInTheDocument();
  });

  it('says that there are none', async () => {
    render([
      component('healthy'),
      component('foreign', 'Call this number.', 'app-data-team'),
    ]);
    expect(
      await screen.findByText(
        'No catalog-info.yaml of your teams has a problem.',
      ),
    ).toBeInTheDocument();
  });
});
