import { useApi } from '@backstage/core-plugin-api';
import type { WorkloadAnswers } from '@internal/plugin-ml-platform-common';
import { useEffect, useState } from 'react';
import type { WorkloadTarget } from '../api/MlPlatformClient';
import { mlPlatformApiRef } from '../api/mlPlatformApi';

interface Changes {
  /** Absent until they are read, and when they cannot be read. */
  answers?: WorkloadAnswers;
  /** True when the user may request changes for the workload's team. */
  mayRequest: boolean;
}

/**
 * Reads what a workload was made from, and whether the user may change it. Neither is needed to show the workload, so errors
 * are ignored.
 *
 * @param deployed - the deployed revisions: a form must not start with values from before the last deployment.
 */
export function useChanges(target: WorkloadTarget, deployed: string): Changes {
  const client = useApi(mlPlatformApiRef);
  const [changes, setChanges] = useState<Changes>({ mayRequest: false });
  useEffect(() => {
    let current = true;
    Promise.all([
      client.getAnswers(target).catch(() => undefined),
      client.getPlatform().catch(() => undefined),
    ]).then(([answers, platform]) => {
      if (current) {
        const teams = platform?.requestableTeams ?? [];
        const mayRequest = teams.some(({ name }) => name === target.team);
        setChanges({ answers, mayRequest });
      }
    });
    return () => {
      current = false;
    };
  }, [client, target, deployed]);
  return changes;
}
