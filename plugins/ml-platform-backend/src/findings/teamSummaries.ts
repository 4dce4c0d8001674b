import type { TeamFindings } from '@internal/plugin-ml-platform-common';
import type { FindingTable } from './FindingTable';
import { countsOf } from './imagesPage';
import type { IndexedReport } from './ImageTable';
import type { ReportStateOf } from './reportState';
import type { ScopedImage } from './scope';

/** Summarises the findings of one team's images. */
export function summariseTeam(
  table: FindingTable,
  team: string,
  images: ScopedImage[],
  stateOf: ReportStateOf,
): TeamFindings {
  const reports = new Set<IndexedReport>();
  const states = { present: 0, stale: 0, none: 0, failed: 0 };
  for (const image of images) {
    states[stateOf(image)] += 1;
    if (image.report) {
      reports.add(image.report);
    }
  }
  const tally = table.tally([...reports].map(({ numbers }) => numbers!));
  return {
    team,
    counts: countsOf(tally),
    fixable: tally.fixable,
    images: images.length,
    withoutReport: states.none + states.failed,
    stale: states.stale,
  };
}
