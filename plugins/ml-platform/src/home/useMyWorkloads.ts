import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { CATALOG_FILTER_EXISTS } from '@backstage/catalog-client';
import type { Entity } from '@backstage/catalog-model';
import { catalogApiRef } from '@backstage/plugin-catalog-react';
import {
  KUBERNETES_ID_ANNOTATION,
  TEAM_ANNOTATION,
  WORKLOAD_ANNOTATION,
  type WorkloadSummary,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import type { MlPlatformClient } from '../api/MlPlatformClient';
import { useRequest } from '../hooks/useRequest';

const MAX_WORKLOADS = 20;

/** A component of the user's teams. `summary` is absent when its state could not be read. */
export interface MyWorkload {
  entity: Entity;
  summary?: WorkloadSummary;
}

/** The first 20 components, by name, that the signed-in user's teams own, each with its state. */
export function useMyWorkloads() {
  const catalogApi = useApi(catalogApiRef);
  const identityApi = useApi(identityApiRef);
  const client = useApi(mlPlatformApiRef);
  return useRequest(
    useCallback(async (): Promise<MyWorkload[]> => {
      const { ownershipEntityRefs } = await identityApi.getBackstageIdentity();
      const { items } = await catalogApi.queryEntities({
        // Other Resources of a workload, such as its database, have no id.
        filter: [
          ['Component', WORKLOAD_ANNOTATION],
          ['Resource', KUBERNETES_ID_ANNOTATION],
        ].map(([kind, annotation]) => ({
          kind,
          'relations.ownedBy': ownershipEntityRefs,
          [`metadata.annotations.${annotation}`]: CATALOG_FILTER_EXISTS,
        })),
        orderFields: [{ field: 'metadata.name', order: 'asc' }],
        limit: MAX_WORKLOADS,
      });
      return Promise.all(
        items.map(async entity => ({
          entity,
          summary: await readSummary(client, entity),
        })),
      );
    }, [catalogApi, identityApi, client]),
  );
}

async function readSummary(client: MlPlatformClient, entity: Entity) {
  const annotations = entity.metadata.annotations ?? {};
  return client
    .getWorkload({
      team: annotations[TEAM_ANNOTATION],
      workload: annotations[WORKLOAD_ANNOTATION],
    })
    .catch(() => undefined);
}
