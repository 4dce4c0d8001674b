import { renderTestApp } from '@backstage/frontend-test-utils';
import { identityApiRef } from '@backstage/core-plugin-api';
import { liveUpdatesApiRef, mlPlatformApiRef } from '../api/mlPlatformApi';
import { mlPlatformPlugin } from '../plugin';
import { client, identity, updates } from './renderWithPlatform';

/** Opens a page of the plugin in an app, as an ML engineer of app-ml-team, with the real client. */
export function renderPage(path: string) {
  return renderTestApp({
    features: [mlPlatformPlugin],
    initialRouteEntries: [path],
    apis: [
      [mlPlatformApiRef, client],
      [liveUpdatesApiRef, updates],
      [identityApiRef, identity],
    ],
  });
}
