import { useApi } from '@backstage/core-plugin-api';
import { useRouteRef } from '@backstage/frontend-plugin-api';
import {
  entityRouteParams,
  entityRouteRef,
  useEntity,
} from '@backstage/plugin-catalog-react';
import { ButtonLink, Flex, Text } from '@backstage/ui';
import { hasReport, type Findings } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useLive } from '../hooks/useLive';
import { useWorkloadTarget } from '../hooks/useWorkloadTarget';
import { IgnoredReports } from './IgnoredReports';
import { ScannedImages } from './ScannedImages';
import { SeverityCounts } from './SeverityCounts';
import { LiveCard } from './shared/LiveCard';
import { Pill } from './shared/Pill';

/** Card with vulnerabilities in a workload's running images by severity, and images without a report. */
export function TrivyCard() {
  const client = useApi(mlPlatformApiRef);
  const target = useWorkloadTarget();
  const live = useLive(
    useCallback(
      () => client.getFindings(target, { limit: 1 }),
      [client, target],
    ),
    `findings:${target.team}`,
  );
  return (
    <LiveCard
      title="Vulnerabilities"
      live={live}
      headerActions={<FindingsLink />}
    >
      {findings => <Summary findings={findings} />}
    </LiveCard>
  );
}

function Summary({ findings }: { findings: Findings }) {
  const { counts, fixable, endOfLife, images, ignoredReports } = findings;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  if (images.length === 0) {
    return (
      <>
        <Text color="secondary">No images to scan.</Text>
        <IgnoredReports count={ignoredReports} />
      </>
    );
  }
  return (
    <Flex direction="column" gap="3">
      {total > 0 && (
        <>
          <SeverityCounts counts={counts} />
          <Text>{fixable} can be fixed by an update.</Text>
        </>
      )}
      <Flex direction="column" align="start" gap="2">
        {endOfLife > 0 && <Pill tone="bad">{endOfLifeText(endOfLife)}</Pill>}
        {total === 0 && <NothingFound images={images} />}
      </Flex>
      <ScannedImages images={images} />
      <IgnoredReports count={ignoredReports} />
    </Flex>
  );
}

/** Green only if every image has a recent report and an operating system that still gets fixes. */
function NothingFound({ images }: Pick<Findings, 'images'>) {
  const scanned = images.filter(({ report }) => hasReport(report));
  if (scanned.length === 0) {
    return null;
  }
  const isAllClear = images.every(
    ({ report, os }) => report === 'present' && !os?.endOfLife,
  );
  return (
    <Pill tone={isAllClear ? 'good' : 'warning'}>
      {scanned.length === images.length
        ? 'No vulnerabilities found'
        : `No vulnerabilities found in ${scanned.length} of ${images.length} images`}
    </Pill>
  );
}

function endOfLifeText(images: number): string {
  return images === 1
    ? 'The operating system of 1 image is out of support'
    : `The operating systems of ${images} images are out of support`;
}

function FindingsLink() {
  const { entity } = useEntity();
  const entityLink = useRouteRef(entityRouteRef);
  return entityLink ? (
    <ButtonLink
      size="small"
      variant="tertiary"
      href={`${entityLink(entityRouteParams(entity))}/findings`}
    >
      All findings
    </ButtonLink>
  ) : null;
}
