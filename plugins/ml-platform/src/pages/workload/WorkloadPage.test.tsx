import type { Entity } from '@backstage/catalog-model';
import { renderTestApp } from '@backstage/frontend-test-utils';
import { PageBlueprint } from '@backstage/frontend-plugin-api';
import { catalogApiRef, entityRouteRef } from '@backstage/plugin-catalog-react';
import { catalogApiMock } from '@backstage/plugin-catalog-react/testUtils';
import { screen } from '@testing-library/react';
import { useLocation } from 'react-router-dom';
import { workloadHref } from '../../components/shared/workloadHref';
import { mlPlatformPlugin } from '../../plugin';

const entity = (
  kind: string,
  name: string,
  workload = name,
  team = 'app-ml-team',
): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind,
  metadata: {
    name,
    namespace: 'default',
    annotations: {
      'ml-platform.io/team': team,
      'ml-platform.io/workload': workload,
    },
  },
});

/** Stands in for the catalog's pages, and prints their path. */
function Path() {
  return <output>{useLocation().pathname}</output>;
}

const catalogPages = PageBlueprint.make({
  name: 'catalog-pages',
  params: {
    path: '/catalog/:namespace/:kind/:name',
    routeRef: entityRouteRef,
    loader: async () => <Path />,
  },
});

function open(href: string, entities: Entity[]) {
  renderTestApp({
    features: [mlPlatformPlugin],
    extensions: [catalogPages],
    initialRouteEntries: [href],
    apis: [[catalogApiRef, catalogApiMock({ entities })]],
  });
}

describe('the link to a workload', () => {
  const others = [
    entity('API', 'churn-api', 'churn'),
    entity('Component', 'churn', 'churn', 'app-data-team'),
    entity('Resource', 'churn-features', 'churn'),
  ];

  it.each(['Component', 'Resource'])('leads to a %s', async kind => {
    open(workloadHref({ team: 'app-ml-team', workload: 'churn' }), [
      ...others,
      entity(kind, 'churn'),
    ]);
    expect(
      await screen.findByText(`/catalog/default/${kind.toLowerCase()}/churn`),
    ).toBeInTheDocument();
  });

  it('leads to a tab', async () => {
    open(workloadHref({ team: 'app-ml-team', workload: 'churn' }, 'findings'), [
      entity('Resource', 'churn'),
    ]);
    expect(
      await screen.findByText('/catalog/default/resource/churn/findings'),
    ).toBeInTheDocument();
  });

  it('says that the catalog does not have it', async () => {
    open(workloadHref({ team: 'app-ml-team', workload: 'gone' }), others);
    expect(
      await screen.findByText('gone of app-ml-team is not in the catalog'),
    ).toBeVisible();
  });
});
