import type { Severity } from '@internal/plugin-ml-platform-common';

export function countBySeverity(
  severities: Severity[],
): Record<Severity, number> {
  const counts = { CRITICAL: 0, HIGH: 0, MEDIUM: 0, LOW: 0, UNKNOWN: 0 };
  for (const severity of severities) {
    counts[severity] += 1;
  }
  return counts;
}
