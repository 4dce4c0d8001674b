import { useApi } from '@backstage/core-plugin-api';
import type { TeamPlan } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useRequest } from './useRequest';

/** Requests what a team has. Without a team, and while it loads, there is no value. */
export function useTeamPlan(team: string | undefined) {
  const client = useApi(mlPlatformApiRef);
  return useRequest<TeamPlan | undefined>(
    useCallback(
      async () => (team ? client.teamRequests.getPlan(team) : undefined),
      [client, team],
    ),
  );
}
