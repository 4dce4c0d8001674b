import type { AlphaEntity } from '@backstage/catalog-model/alpha';
import { EntityProvider } from '@backstage/plugin-catalog-react';
import { renderInTestApp } from '@backstage/frontend-test-utils';
import { screen } from '@testing-library/react';
import { CatalogFileCard } from './CatalogFileCard';

const entity: AlphaEntity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'feature-api',
    annotations: {
      'backstage.io/managed-by-location':
        'url:https://forge.example.com/catalog-info.yaml',
    },
  },
  status: {
    items: [
      {
        type: 'ml-platform.io/catalog-file',
        level: 'error',
        message:
          'This page shows the Component as commit 1a2b3c4 of 2026-11-20 defined it until the file is fixed.',
      },
      {
        type: 'ml-platform.io/catalog-file',
        level: 'warning',
        message: 'Location <b>x</b> is ignored.',
      },
      { type: 'other', level: 'error', message: 'Something else' },
    ],
  },
};

describe('CatalogFileCard', () => {
  it('shows the problems of the file, and a link to it', async () => {
    renderInTestApp(
      <EntityProvider entity={entity}>
        <CatalogFileCard />
      </EntityProvider>,
    );
    expect(
      await screen.findByText(
        'This page shows the Component as commit 1a2b3c4 of 2026-11-20 defined it until the file is fixed.',
      ),
    ).toBeInTheDocument();
    expect(screen.getByText('Problem')).toBeInTheDocument();
    expect(screen.getByText('Ignored')).toBeInTheDocument();
    expect(screen.getByText('Location <b>x</b> is ignored.')).toBeVisible();
    expect(screen.queryByText('Something else')).not.toBeInTheDocument();
    expect(screen.getByRole('link', { name: 'Open the file' })).toHaveAttribute(
      'href',
      'https://forge.example.com/catalog-info.yaml',
    );
  });

  it('links to web pages only', async () => {
    const annotations = {
      'backstage.io/managed-by-location': 'url:javascript:alert(1)',
    };
    renderInTestApp(
      <EntityProvider
        entity={{ ...entity, metadata: { ...entity.metadata, annotations } }}
      >
        <CatalogFileCard />
      </EntityProvider>,
    );
    expect(await screen.findByText('Problem')).toBeInTheDocument();
    expect(screen.queryByRole('link')).not.toBeInTheDocument();
  });
});
