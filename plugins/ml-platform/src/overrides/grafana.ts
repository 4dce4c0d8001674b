import {
  grafanaApiRef,
  type GrafanaApi,
} from '@backstage-community/plugin-grafana';
import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { withErrorText } from '../api/errorText';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import type { MlPlatformClient } from '../api/MlPlatformClient';

/** Dashboards through our own route, authorised by team. Alerts are not read from Grafana at all. */
function createGrafanaApi(client: MlPlatformClient): GrafanaApi {
  return {
    listDashboards: tag =>
      withErrorText(async () => (await client.getDashboards(tag)).items),
    alertsForSelector: async () => [],
    isUnifiedAlerting: () => true,
  };
}

export const grafanaModule = createFrontendModule({
  pluginId: 'grafana',
  extensions: [
    ApiBlueprint.make({
      params: defineParams =>
        defineParams({
          api: grafanaApiRef,
          deps: { client: mlPlatformApiRef },
          factory: ({ client }) => createGrafanaApi(client),
        }),
    }),
  ],
});
