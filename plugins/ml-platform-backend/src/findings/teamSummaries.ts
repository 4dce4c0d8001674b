import type {
  ReportState,
  WorkloadFindings,
} from '@internal/plugin-ml-platform-common';
import type { FindingTable } from './FindingTable';
import { isEndOfLife } from './imageNotes';
import { countVulnerabilities } from './countVulnerabilities';
import type { ReportStateOf } from './reportState';
import type { ScopedImage } from './scope';

/** Counts the findings of images, for example those of a team. */
export function summariseImages(
  table: FindingTable,
  images: ScopedImage[],
  stateOf: ReportStateOf,
): WorkloadFindings {
  const states = countReports(images, stateOf);
  return {
    ...countVulnerabilities(table, images),
    images: images.length,
    withoutReport: states.none + states.failed,
    stale: states.stale,
    endOfLife: images.filter(isEndOfLife).length,
  };
}

/** Counts images by the state of their report. */
export function countReports(
  images: ScopedImage[],
  stateOf: ReportStateOf,
): Record<ReportState, number> {
  const states = { present: 0, stale: 0, none: 0, failed: 0 };
  for (const image of images) {
    states[stateOf(image)] += 1;
  }
  return states;
}
