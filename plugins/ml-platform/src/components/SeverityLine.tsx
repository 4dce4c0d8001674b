import { Text } from '@backstage/ui';
import {
  severitySchema,
  type SeverityCounts,
} from '@internal/plugin-ml-platform-common';
import { severityName } from './severities';

/** Findings by severity in one line; severities without findings are left out. */
export function SeverityLine(props: {
  counts: SeverityCounts;
  fixable: number;
}) {
  const { counts, fixable } = props;
  const found = severitySchema.options.filter(severity => counts[severity] > 0);
  if (found.length === 0) {
    return <Text color="secondary">None found</Text>;
  }
  return (
    <>
      <Text as="div">
        {found
          .map(
            severity =>
              `${counts[severity]} ${severityName(severity).toLocaleLowerCase(
                'en-US',
              )}`,
          )
          .join(', ')}
      </Text>
      <Text as="div" variant="body-small" color="secondary">
        {fixable} with a fix
      </Text>
    </>
  );
}
