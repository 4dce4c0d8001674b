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

/** Grafana API that lists dashboards through our team-authorised route. Alerts are not supported. */
function createGrafanaApi(client: MlPlatformClient): GrafanaApi {
  return {
    listDashboards: tag => withErrorText(() => listDashboards(client, tag)),
    alertsForSelector: async () => [],
    isUnifiedAlerting: () => true,
  };
}

/** Throws when nothing could be read: the stock card would show an empty table, as if there were no dashboards. */
async function listDashboards(client: MlPlatformClient, tag: string) {
  const { items, freshness } = await client.getDashboards(tag);
  if (items.length === 0 && freshness.problems.length > 0) {
    throw new Error(freshness.problems.map(each => each.message).join(' '));
  }
  return items;
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
