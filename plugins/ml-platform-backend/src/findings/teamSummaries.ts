import type { TeamFindings } from '@internal/plugin-ml-platform-common';
import type { FindingTable } from './FindingTable';
import { groupVulnerabilities } from './groupVulnerabilities';
import type { StateOf } from './reportState';
import type { ScopedImage } from './scope';
import { countBySeverity } from './vulnerabilitiesPage';

/** What was found in the images of one team, all of them within the scope. */
export function summariseTeam(
  table: FindingTable,
  team: string,
  images: ScopedImage[],
  stateOf: StateOf,
): TeamFindings {
  const { all } = groupVulnerabilities(table, images, () => undefined);
  const states = images.map(stateOf);
  return {
    team,
    counts: countBySeverity(all),
    fixable: all.filter(({ fixable }) => fixable).length,
    images: images.length,
    withoutReport: states.filter(
      state => state === 'none' || state === 'failed',
    ).length,
    stale: states.filter(state => state === 'stale').length,
  };
}
