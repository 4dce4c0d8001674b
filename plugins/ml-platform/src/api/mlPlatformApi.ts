import { createApiRef } from '@backstage/frontend-plugin-api';
import type { LiveUpdates } from './LiveUpdates';
import type { MlPlatformClient } from './MlPlatformClient';

/** API ref of the ml-platform backend's client. */
export const mlPlatformApiRef = createApiRef<MlPlatformClient>().with({
  id: 'plugin.ml-platform.client',
  pluginId: 'ml-platform',
});

/** API ref of the live updates, which tell pages when to read again. */
export const liveUpdatesApiRef = createApiRef<
  Pick<LiveUpdates, 'isConnected' | 'subscribe'>
>().with({
  id: 'plugin.ml-platform.live-updates',
  pluginId: 'ml-platform',
});
