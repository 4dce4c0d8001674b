import type {
  ReportState,
  TeamFindings,
} from '@internal/plugin-ml-platform-common';
import type { FindingTable } from './FindingTable';
import { isEndOfLife } from './imageNotes';
import { countVulnerabilities } from './countVulnerabilities';
import type { ReportStateOf } from './reportState';
import type { ScopedImage } from './scope';

/** Summarises the findings of one team's images. */
export function summariseTeam(
  table: FindingTable,
  team: string,
  images: ScopedImage[],
  stateOf: ReportStateOf,
): Omit<TeamFindings, 'ignoredReports'> {
  const states = countReports(images, stateOf);
  return {
    team,
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
