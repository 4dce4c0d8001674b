import { useApi } from '@backstage/core-plugin-api';
import type { WorkloadSummary } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useLive, type Live } from './useLive';
import { useWorkloadTarget } from './useWorkloadTarget';

/** What runs of the workload that this entity page is about. */
export function useWorkload(): Live<WorkloadSummary> {
  const client = useApi(mlPlatformApiRef);
  const target = useWorkloadTarget();
  return useLive(
    useCallback(() => client.getWorkload(target), [client, target]),
    `workload:${target.team}/${target.workload}`,
  );
}
