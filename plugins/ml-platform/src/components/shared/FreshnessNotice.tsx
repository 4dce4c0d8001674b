import { Alert, Text } from '@backstage/ui';
import type { Freshness } from '@internal/plugin-ml-platform-common';
import { errorText } from '../../api/errorText';
import { timeAgo } from './time';

/** Age of the data above it: an alert when data is stale or incomplete, a small note otherwise. */
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
          ? `Showing the last known state, from ${when}.`
          : 'Some data could not be loaded.'
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
