import { parseEntityRef } from '@backstage/catalog-model';
import { identityApiRef, useApi } from '@backstage/core-plugin-api';
import type {
  ActiveRuns,
  ChangeRequests,
  Teams,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useLive, type Live } from '../hooks/useLive';

const MAX_TEAMS = 100;
const MAX_REQUESTS = 10;

/** Teams with their health. Widgets that read it at the same time share one request. */
export function useMyTeams(): Live<Teams & { areMine: boolean }> {
  const client = useApi(mlPlatformApiRef);
  const identityApi = useApi(identityApiRef);
  return useLive(
    useCallback(async () => {
      const [{ ownershipEntityRefs }, teams] = await Promise.all([
        identityApi.getBackstageIdentity(),
        client.getTeams({ sort: 'state', limit: MAX_TEAMS }),
      ]);
      const names = ownershipEntityRefs.map(ref => parseEntityRef(ref).name);
      const mine = teams.items.filter(({ team }) => names.includes(team));
      // Somebody who sees teams without being in one takes care of all of them.
      return mine.length > 0
        ? { ...teams, items: mine, total: mine.length, areMine: true }
        : { ...teams, areMine: false };
    }, [client, identityApi]),
    ({ items }) => items.map(({ team }) => `team:${team}`),
  );
}

/** Requests of the signed-in person that are in progress. */
export function useMyRequests(): Live<ChangeRequests> {
  const client = useApi(mlPlatformApiRef);
  const identityApi = useApi(identityApiRef);
  return useLive(
    useCallback(async () => {
      const { userEntityRef } = await identityApi.getBackstageIdentity();
      return client.getChangeRequests({
        person: userEntityRef,
        state: 'active',
        limit: MAX_REQUESTS,
      });
    }, [client, identityApi]),
    ({ items }) =>
      items.flatMap(({ teams }) => teams).map(team => `requests:${team}`),
  );
}

/** Training runs that have not ended, of all teams that the person may see. */
export function useActiveRuns(): Live<ActiveRuns> {
  const client = useApi(mlPlatformApiRef);
  return useLive(
    useCallback(() => client.getActiveRuns(), [client]),
    ({ items }) => items.map(({ team }) => `runs:${team}`),
  );
}
