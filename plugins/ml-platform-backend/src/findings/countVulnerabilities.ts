import type { SeverityCounts } from '@internal/plugin-ml-platform-common';
import type { FindingTable, Tally } from './FindingTable';
import type { ScopedImage } from './scope';

/** Counts the distinct vulnerabilities of images, each with its highest severity, and those with a fix. */
export function countVulnerabilities(
  table: FindingTable,
  images: ScopedImage[],
): { counts: SeverityCounts; fixable: number } {
  const reports = new Set(images.flatMap(image => image.reports));
  const tally = table.tally([...reports].map(({ numbers }) => numbers!));
  return { counts: countsOf(tally), fixable: tally.fixable };
}

export function countsOf({ bySeverity }: Tally): SeverityCounts {
  const [CRITICAL, HIGH, MEDIUM, LOW, UNKNOWN] = bySeverity;
  return { CRITICAL, HIGH, MEDIUM, LOW, UNKNOWN };
}
