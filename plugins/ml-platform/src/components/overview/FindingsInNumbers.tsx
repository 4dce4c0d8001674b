import { Flex, Link, Text } from '@backstage/ui';
import type { WorkloadFindings } from '@internal/plugin-ml-platform-common';
import { useEntityTab } from '../../hooks/useEntityTab';
import { FindingsSummary } from '../FindingsSummary';

/** Vulnerabilities in the running images of the workload. */
export function FindingsInNumbers({
  findings,
}: {
  findings: WorkloadFindings;
}) {
  const tabHref = useEntityTab();
  return (
    <section aria-label="Vulnerabilities">
      <Flex direction="column" align="start" gap="2">
        <Text as="h4" variant="title-x-small">
          Vulnerabilities
        </Text>
        <FindingsSummary findings={findings} />
        <Link href={tabHref('findings')}>All findings</Link>
      </Flex>
    </section>
  );
}
