import { Text } from '@backstage/ui';
import type { WorkloadFindings } from '@internal/plugin-ml-platform-common';
import { Pill } from './shared/Pill';
import { SeverityLine } from './SeverityLine';

/** Findings in numbers. "None found" is green only if every image has a recent report and an operating system that still gets fixes. */
export function FindingsSummary({ findings }: { findings: WorkloadFindings }) {
  const { counts, fixable, images, withoutReport, stale, endOfLife } = findings;
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const scanned = images - withoutReport;
  if (images === 0) {
    return <Text color="secondary">No images to scan.</Text>;
  }
  return (
    <>
      {total > 0 && <SeverityLine counts={counts} fixable={fixable} />}
      {total === 0 && scanned > 0 && (
        <Pill
          tone={withoutReport + stale + endOfLife === 0 ? 'good' : 'warning'}
        >
          {withoutReport === 0
            ? 'No vulnerabilities found'
            : `No vulnerabilities found in ${scanned} of ${images} images`}
        </Pill>
      )}
      {withoutReport > 0 && (
        <Pill tone="warning">
          {imagesText(withoutReport)} not scanned: no report
        </Pill>
      )}
      {stale > 0 && (
        <Pill tone="warning">{imagesText(stale)} with an outdated report</Pill>
      )}
      {endOfLife > 0 && (
        <Pill tone="bad">
          {endOfLife === 1
            ? 'The operating system of 1 image is out of support'
            : `The operating systems of ${endOfLife} images are out of support`}
        </Pill>
      )}
    </>
  );
}

function imagesText(count: number): string {
  return count === 1 ? '1 image' : `${count} images`;
}
