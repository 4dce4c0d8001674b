import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { timeAgo } from './time';

/** Text of a reason, with the number of objects and the time since which it applies. */
export function reasonText({
  text,
  count,
  total,
  since,
}: HealthReason): string {
  const details = [
    count !== undefined && total === undefined && `${count} objects`,
    since && `began ${timeAgo(since)}`,
  ].filter(Boolean);
  return details.length > 0 ? `${text} (${details.join(', ')})` : text;
}
