import type { DestructiveChange } from '@internal/plugin-ml-platform-common';

/** Owner of everything that no team owns. */
export const PLATFORM = 'platform';

/** Effects on what is the team's own: its data, its runs, its images. */
const OF_THE_TEAM: ReadonlyArray<DestructiveChange['code']> = [
  'bucket-emptied',
  'bucket-removed',
  'object-removed',
  'production-from-base',
  'run-changed',
  'source-changed',
  'volume-lost',
];

/**
 * Owners who must agree to an effect: the team that owns it, and the platform team if it reaches production, guards others or
 * leaves something of the platform behind.
 */
export function approvedBy(
  code: DestructiveChange['code'],
  { team, isProduction }: { team?: string; isProduction: boolean },
): string[] {
  if (team === undefined) {
    return [PLATFORM];
  }
  return OF_THE_TEAM.includes(code) && !isProduction
    ? [team]
    : [team, PLATFORM];
}
