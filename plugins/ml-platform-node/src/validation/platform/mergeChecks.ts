import type { CheckResult } from '@internal/plugin-ml-platform-common';

/** The more telling status of two parts comes first: what one part skips, another may pass. */
const STATUSES: CheckResult['status'][] = [
  'failed',
  'cluster-only',
  'passed',
  'skipped',
];

/** Makes one check of the same check of several parts. */
export function mergeChecks(checks: CheckResult[]): CheckResult[] {
  return [...new Set(checks.map(({ id }) => id))].map(id => {
    const same = checks.filter(check => check.id === id);
    const status =
      STATUSES.find(candidate =>
        same.some(check => check.status === candidate),
      ) ?? 'skipped';
    const decisive = same.filter(check => check.status === status);
    const messages = new Map(
      decisive.flatMap(check => check.messages.map(each => [each.text, each])),
    );
    return { ...decisive[0], messages: [...messages.values()] };
  });
}
