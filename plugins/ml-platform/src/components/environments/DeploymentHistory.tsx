import { useApi } from '@backstage/core-plugin-api';
import { Skeleton, Table, Text, type ColumnConfig } from '@backstage/ui';
import type { SyncHistoryEntry } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import type { WorkloadTarget } from '../../api/MlPlatformClient';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { useRequest } from '../../hooks/useRequest';
import { formatRevisions } from '../formatRevisions';
import { ErrorNotice } from '../shared/ErrorNotice';
import { FreshnessNotice } from '../shared/FreshnessNotice';
import { TextCell } from '../shared/TextCell';
import { absoluteTime, duration, timeAgo } from '../shared/time';

type HistoryRow = Omit<SyncHistoryEntry, 'id'> & {
  id: string;
  /** End of the deployment: the next one of the environment. */
  until?: string;
};

const columns: ColumnConfig<HistoryRow>[] = [
  {
    id: 'deployed',
    label: 'Deployed',
    defaultWidth: '2fr',
    cell: ({ deployedAt }) => (
      <TextCell
        title={deployedAt ? timeAgo(deployedAt) : '–'}
        description={deployedAt && absoluteTime(deployedAt)}
      />
    ),
  },
  {
    id: 'subject',
    label: 'Change',
    isRowHeader: true,
    defaultWidth: '4fr',
    cell: row => (
      <TextCell
        title={row.subject ?? 'Its commit is not in the portal’s clone'}
        description={row.author?.replace(/ <.*/, '')}
      />
    ),
  },
  {
    id: 'commit',
    label: 'Commit',
    defaultWidth: '4fr',
    // Whole, so that it can be copied.
    cell: row => (
      <TextCell
        title={row.sources ? formatRevisions(row) : row.revision}
        color="secondary"
      />
    ),
  },
  {
    id: 'lasted',
    label: 'Lasted',
    defaultWidth: '2fr',
    cell: row => <TextCell title={lasted(row)} />,
  },
];

function lasted({ current, deployedAt, until }: HistoryRow): string {
  if (current) return 'Current';
  return deployedAt && until ? duration(deployedAt, until) : '–';
}

/** The last deployments of a workload in one environment, newest first. */
export function DeploymentHistory(props: {
  target: WorkloadTarget;
  environment: string;
  /** Revision that is deployed; the history is read again when it changes. */
  revision: string | undefined;
}) {
  const { target, environment, revision } = props;
  const client = useApi(mlPlatformApiRef);
  const { value, error, retry } = useRequest(
    useCallback(
      () => client.getDeployments(target, { environment, limit: 10 }),
      // eslint-disable-next-line react-hooks/exhaustive-deps
      [client, target, environment, revision],
    ),
  );
  if (error) {
    return (
      <ErrorNotice
        title="Could not load the deployments"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <Skeleton height={96} />;
  }
  if (value.items.length === 0) {
    return (
      <Text color="secondary">
        Argo CD has deployed nothing in {environment} yet.
      </Text>
    );
  }
  return (
    <section aria-label={`Deployments in ${environment}`}>
      <Table
        columnConfig={columns}
        data={value.items.map((entry, index) => ({
          ...entry,
          id: `${entry.id}`,
          until: value.items[index - 1]?.deployedAt,
        }))}
        pagination={{ type: 'none' }}
      />
      <FreshnessNotice freshness={value.freshness} />
    </section>
  );
}
