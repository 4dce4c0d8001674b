import { useApi } from '@backstage/core-plugin-api';
import { Skeleton, Text } from '@backstage/ui';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { useRequest } from '../../hooks/useRequest';
import { ErrorNotice } from '../shared/ErrorNotice';
import { Pill } from '../shared/Pill';
import { timeAgo } from '../shared/time';
import styles from './ObjectTree.module.css';

/** Kubernetes' events about an object, newest first. */
export function ObjectEvents(props: {
  cluster: string;
  namespace: string;
  name: string;
}) {
  const { cluster, namespace, name } = props;
  const client = useApi(mlPlatformApiRef);
  const { value, error, retry } = useRequest(
    useCallback(
      () => client.getObjectEvents({ cluster, namespace, name }),
      [client, cluster, namespace, name],
    ),
  );
  if (error) {
    return (
      <ErrorNotice
        title="Could not load the events"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <Skeleton height={24} />;
  }
  return value.items.length === 0 ? (
    <Text as="p" variant="body-small" color="secondary">
      No events. Kubernetes keeps them for an hour, and the portal reads
      warnings only.
    </Text>
  ) : (
    <ul aria-label={`Events of ${name}`}>
      {value.items.map(event => (
        <li key={event.metadata.name} className={styles.owner}>
          <Pill tone={event.type === 'Warning' ? 'warning' : 'neutral'}>
            {event.reason}
          </Pill>{' '}
          {event.message}
          <span className={styles.kind}>
            {event.count > 1 && ` – ${event.count} times`}
            {event.lastTimestamp && `, ${timeAgo(event.lastTimestamp)}`}
          </span>
        </li>
      ))}
    </ul>
  );
}
