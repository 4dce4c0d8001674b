const FORMAT = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/**
 * Formats a time for a reason, for example "28 Nov 2026, 06:24 UTC". Reasons are cached and compared, so they name times
 * and no ages.
 */
export function formatTime(time: string): string {
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : `${FORMAT.format(date)} UTC`;
}
