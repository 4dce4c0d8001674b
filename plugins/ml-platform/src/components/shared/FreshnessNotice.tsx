import { Alert, Text } from '@backstage/ui';
import type { Freshness } from '@internal/plugin-ml-platform-common';
import { errorText } from '../../api/errorText';
import { timeAgo } from './time';

/** How old the data above is. Loud when it is stale or part of it is missing, quiet otherwise. */
export function FreshnessNotice(props: {
  freshness: Freshness;
  error?: Error;
}) {
  const { asOf, stale, problems } = props.freshness;
  const when = asOf ? timeAgo(asOf) : undefined;
  if (!stale && problems.length === 0 && !props.error) {
    return when ? (
      <Text variant="body-x-small" color="secondary">
        As of {when}
      </Text>
    ) : null;
  }
  const reasons = [
    ...problems.map(({ source, message }) => `${source}: ${message}`),
    ...(props.error ? [errorText(props.error)] : []),
  ];
  return (
    <Alert
      role="status"
      status="warning"
      icon
      title={
        when
          ? `This is the last known state, from ${when}.`
          : 'Part of this could not be read.'
      }
      description={
        <ul style={{ margin: 0, paddingLeft: 'var(--bui-space-4)' }}>
          {reasons.map(reason => (
            <li key={reason}>{reason}</li>
          ))}
        </ul>
      }
    />
  );
}
