import { useApi } from '@backstage/core-plugin-api';
import type { WorkloadSummary } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useLive, type Live } from './useLive';
import { useWorkloadTarget } from './useWorkloadTarget';

/** Live state of the workload that the current entity describes. */
export function useWorkload(): Live<WorkloadSummary> {
  const client = useApi(mlPlatformApiRef);
  const target = useWorkloadTarget();
  return useLive(
    useCallback(() => client.getWorkload(target), [client, target]),
    `workload:${target.team}/${target.workload}`,
  );
}
