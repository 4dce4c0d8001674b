const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Units by upper bound in seconds, as in `HumanDuration` of apimachinery. */
const UNITS: Array<
  [below: number, unit: number, suffix: string, rest?: [number, string]]
> = [
  [2 * MINUTE, 1, 's'],
  [10 * MINUTE, MINUTE, 'm', [1, 's']],
  [3 * HOUR, MINUTE, 'm'],
  [8 * HOUR, HOUR, 'h', [MINUTE, 'm']],
  [2 * DAY, HOUR, 'h'],
  [8 * DAY, DAY, 'd', [HOUR, 'h']],
  [2 * 365 * DAY, DAY, 'd'],
  [Infinity, 365 * DAY, 'y', [DAY, 'd']],
];

/** Formats a duration as kubectl does, for example `90s`, `5m12s` or `3h4m`. */
export function humanDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.trunc(milliseconds / 1000));
  const [, unit, suffix, rest] =
    UNITS.find(([below]) => seconds < below) ?? UNITS[UNITS.length - 1];
  const main = `${Math.trunc(seconds / unit)}${suffix}`;
  const remainder = rest ? Math.trunc((seconds % unit) / rest[0]) : 0;
  return rest && remainder > 0 ? `${main}${remainder}${rest[1]}` : main;
}

/** Formats the age of a timestamp; `<unknown>` without one. */
export function formatAge(time: unknown, now: number): string {
  return typeof time === 'string'
    ? humanDuration(now - Date.parse(time))
    : '<unknown>';
}
