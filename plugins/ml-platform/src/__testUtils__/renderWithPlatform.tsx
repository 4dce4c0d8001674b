import type { Entity } from '@backstage/catalog-model';
import { identityApiRef } from '@backstage/core-plugin-api';
import { mockApis, renderInTestApp } from '@backstage/frontend-test-utils';
import {
  EntityProvider,
  entityRouteRef,
} from '@backstage/plugin-catalog-react';
import type { JSX } from 'react';
import { useLocation } from 'react-router-dom';
import { liveUpdatesApiRef, mlPlatformApiRef } from '../api/mlPlatformApi';
import { MlPlatformClient } from '../api/MlPlatformClient';

export const API = 'http://localhost:7007/api/ml-platform';
export const WORKLOAD = `${API}/teams/app-ml-team/workloads/fraud-scorer`;

export const client = new MlPlatformClient({
  discoveryApi: mockApis.discovery({ baseUrl: 'http://localhost:7007' }),
  fetchApi: { fetch: (input, init) => fetch(input, init) },
});

/** Live updates without a stream; `announce` reports a change to all listeners. */
export const updates = {
  isConnected: false,
  listeners: new Set<() => void>(),
  subscribe(_: string, listener: () => void) {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  },
  announce() {
    this.listeners.forEach(listener => listener());
  },
};

/** An ML engineer of app-ml-team. */
export const identity = mockApis.identity({
  userEntityRef: 'user:default/ml-engineer',
  ownershipEntityRefs: [
    'user:default/ml-engineer',
    'group:default/app-ml-team',
  ],
});

/** The workload `fraud-scorer`. */
export const entity: Entity = {
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'Component',
  metadata: {
    name: 'fraud-scorer',
    namespace: 'default',
    annotations: {
      'ml-platform.io/team': 'app-ml-team',
      'ml-platform.io/workload': 'fraud-scorer',
    },
  },
  spec: { type: 'service', owner: 'group:default/app-ml-team' },
};

/** The query of the current URL. */
function Query() {
  return <output aria-label="query">{useLocation().search}</output>;
}

/**
 * Renders an element on the page of the workload `fraud-scorer`, with the real client.
 *
 * @param query - of the page's URL, for example `?view=list`.
 * @param shownEntity - another entity than the workload.
 */
export function renderWithPlatform(
  element: JSX.Element,
  query = '',
  shownEntity = entity,
) {
  return renderInTestApp(
    <EntityProvider entity={shownEntity}>
      {element}
      <Query />
    </EntityProvider>,
    {
      initialRouteEntries: [`/${query}`],
      apis: [
        [mlPlatformApiRef, client],
        [liveUpdatesApiRef, updates],
        [identityApiRef, identity],
      ],
      mountedRoutes: { '/catalog/:namespace/:kind/:name': entityRouteRef },
    },
  );
}
