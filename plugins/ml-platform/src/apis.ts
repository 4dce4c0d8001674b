import { discoveryApiRef, fetchApiRef } from '@backstage/core-plugin-api';
import { ApiBlueprint } from '@backstage/frontend-plugin-api';
import { LiveUpdates } from './api/LiveUpdates';
import { liveUpdatesApiRef, mlPlatformApiRef } from './api/mlPlatformApi';
import { MlPlatformClient } from './api/MlPlatformClient';

export const apis = [
  ApiBlueprint.make({
    params: defineParams =>
      defineParams({
        api: mlPlatformApiRef,
        deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
        factory: deps => new MlPlatformClient(deps),
      }),
  }),
  ApiBlueprint.make({
    name: 'live-updates',
    params: defineParams =>
      defineParams({
        api: liveUpdatesApiRef,
        deps: { discoveryApi: discoveryApiRef, fetchApi: fetchApiRef },
        factory: deps => new LiveUpdates(deps),
      }),
  }),
];
