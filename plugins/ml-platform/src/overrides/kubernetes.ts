import {
  ApiBlueprint,
  createFrontendModule,
} from '@backstage/frontend-plugin-api';
import { NotAllowedError } from '@backstage/errors';
import {
  kubernetesProxyApiRef,
  type KubernetesProxyApi,
} from '@backstage/plugin-kubernetes-react';
import { withErrorText } from '../api/errorText';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import type { MlPlatformClient } from '../api/MlPlatformClient';

/**
 * Kubernetes proxy API for the stock Kubernetes tab. The stock implementation uses the cluster proxy, which users are
 * denied; this one reads logs and events through our team-authorised routes and refuses every write.
 */
function createProxyApi(client: MlPlatformClient): KubernetesProxyApi {
  return {
    getPodLogs: request =>
      withErrorText(() =>
        client.getPodLogs({
          cluster: request.clusterName,
          namespace: request.namespace,
          pod: request.podName,
          container: request.containerName,
          previous: request.previous,
        }),
      ),
    async deletePod() {
      throw new NotAllowedError(
        "You can't delete pods here. Change the workload in the platform repository instead.",
      );
    },
    async getEventsByInvolvedObjectName(request) {
      const { items } = await withErrorText(() =>
        client.getObjectEvents({
          cluster: request.clusterName,
          namespace: request.namespace,
          name: request.involvedObjectName,
        }),
      );
      const { Event } = await import('kubernetes-models/v1/Event');
      return items.map(item => new Event(item));
    },
  };
}

export const kubernetesModule = createFrontendModule({
  pluginId: 'kubernetes',
  extensions: [
    ApiBlueprint.make({
      name: 'proxy',
      params: defineParams =>
        defineParams({
          api: kubernetesProxyApiRef,
          deps: { client: mlPlatformApiRef },
          factory: ({ client }) => createProxyApi(client),
        }),
    }),
  ],
});
