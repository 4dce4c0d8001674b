import { Text } from '@backstage/ui';

/** Number of reports that do not count, if there are any. */
export function IgnoredReports({ count }: { count: number }) {
  return count > 0 ? (
    <Text as="div" variant="body-small" color="warning">
      {count === 1 ? '1 report' : `${count} reports`} in this team's namespaces
      ignored, not written by the scanner. Remove {count === 1 ? 'it' : 'them'}{' '}
      from Git and from the cluster.
    </Text>
  ) : null;
}
