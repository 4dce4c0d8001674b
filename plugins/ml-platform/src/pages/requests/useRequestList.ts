import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import { parseEntityRef } from '@backstage/catalog-model';
import type { ChangeRequests } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { useLive, type Live } from '../../hooks/useLive';
import { requestsQuery, type RequestFilters } from './filters';

/** One page of the change requests that match the filters, live. */
export function useRequestList(filters: RequestFilters): Live<ChangeRequests> {
  const client = useApi(mlPlatformApiRef);
  const identityApi = useApi(identityApiRef);
  return useLive(
    useCallback(async () => {
      const { userEntityRef, ownershipEntityRefs } =
        await identityApi.getBackstageIdentity();
      const teams = ownershipEntityRefs
        .map(ref => parseEntityRef(ref))
        .filter(({ kind }) => kind.toLocaleLowerCase('en-US') === 'group')
        .map(({ name }) => name);
      return client.getChangeRequests(
        requestsQuery(filters, { userEntityRef, teams }),
      );
    }, [client, identityApi, filters]),
    ({ items }) =>
      items.flatMap(({ teams }) => teams).map(team => `requests:${team}`),
  );
}
