import { useApi } from '@backstage/core-plugin-api';
import type { WorkloadAnswers } from '@internal/plugin-ml-platform-common';
import { useEffect, useState } from 'react';
import type { WorkloadTarget } from '../api/MlPlatformClient';
import { mlPlatformApiRef } from '../api/mlPlatformApi';

/**
 * Reads what a workload was made from, and whether the user may change it. It is not needed to show the workload, so errors
 * are ignored.
 *
 * @param deployed - the deployed revisions: a form must not start with values from before the last deployment.
 * @returns undefined until it is read, and when it cannot be read.
 */
export function useChanges(
  target: WorkloadTarget,
  deployed: string,
): WorkloadAnswers | undefined {
  const client = useApi(mlPlatformApiRef);
  const [answers, setAnswers] = useState<WorkloadAnswers>();
  useEffect(() => {
    let current = true;
    client
      .getAnswers(target)
      .catch(() => undefined)
      .then(value => {
        if (current) setAnswers(value);
      });
    return () => {
      current = false;
    };
  }, [client, target, deployed]);
  return answers;
}
