import { useApi } from '@backstage/core-plugin-api';
import type { WorkloadSummary } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useLive, type Live } from './useLive';
import { useWorkloadTarget } from './useWorkloadTarget';

/**
 * Live state of the workload that the current entity describes.
 *
 * @param options.withFindings - adds its findings in numbers. Cards of one page should ask alike: they then share a response.
 */
export function useWorkload(
  options: { withFindings?: boolean } = {},
): Live<WorkloadSummary> {
  const client = useApi(mlPlatformApiRef);
  const target = useWorkloadTarget();
  const findings = options.withFindings ? 'true' : undefined;
  return useLive(
    useCallback(
      () => client.getWorkload(target, { findings }),
      [client, target, findings],
    ),
    ({ team, workload, findings: seen }) => [
      `workload:${team}/${workload}`,
      // Only somebody who may see findings may follow them.
      ...(seen ? [`findings:${team}`] : []),
    ],
  );
}
