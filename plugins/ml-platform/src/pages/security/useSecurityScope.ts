import { useApi } from '@backstage/core-plugin-api';
import type {
  FindingsSummary,
  LiveTopic,
  PlatformInfo,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { useLive, type Live } from '../../hooks/useLive';
import { useRequest } from '../../hooks/useRequest';

/** Teams with their findings, and the platform's environments: what every tab of the page filters by. */
export interface SecurityScope {
  /** At most 100 teams. */
  summary: Live<FindingsSummary>;
  /** Absent while it is read, and when it cannot be read. */
  platform?: PlatformInfo;
  /** Live topics of the teams' findings. */
  topics: () => LiveTopic[];
}

const MAX_TEAMS = 100;

/** @param environment - empty for all. */
export function useSecurityScope(environment: string): SecurityScope {
  const client = useApi(mlPlatformApiRef);
  const summary = useLive(
    useCallback(
      () =>
        client.getFindingsSummary({
          environment: environment || undefined,
          limit: MAX_TEAMS,
        }),
      [client, environment],
    ),
    topicsOf,
  );
  const { value } = useRequest(
    useCallback(() => client.getPlatform(), [client]),
  );
  return {
    summary,
    platform: value,
    topics: () => (summary.value ? topicsOf(summary.value) : []),
  };
}

function topicsOf({ items }: FindingsSummary): LiveTopic[] {
  return items.map(({ team }) => `findings:${team}`);
}
