import { createApiRef } from '@backstage/frontend-plugin-api';
import type { LiveUpdates } from './LiveUpdates';
import type { MlPlatformClient } from './MlPlatformClient';

/** Everything that pages, cards and form fields ask of the ML platform's backend. */
export const mlPlatformApiRef = createApiRef<MlPlatformClient>().with({
  id: 'plugin.ml-platform.client',
  pluginId: 'ml-platform',
});

/** When to read again what is shown. */
export const liveUpdatesApiRef = createApiRef<
  Pick<LiveUpdates, 'isConnected' | 'subscribe'>
>().with({
  id: 'plugin.ml-platform.live-updates',
  pluginId: 'ml-platform',
});
