import { useApi } from '@backstage/core-plugin-api';
import type { ChangeRequests } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import type { WorkloadTarget } from '../api/MlPlatformClient';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useLive, type Live } from './useLive';

/** Live change requests of a workload, the last changed one first. */
export function useChangeRequests(
  { team, workload }: WorkloadTarget,
  query: { state?: 'open'; limit: number },
): Live<ChangeRequests> {
  const client = useApi(mlPlatformApiRef);
  const { state, limit } = query;
  return useLive(
    useCallback(
      () => client.getChangeRequests({ team, workload, state, limit }),
      [client, team, workload, state, limit],
    ),
    `requests:${team}`,
  );
}
