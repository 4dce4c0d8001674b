const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');
const DESCRIPTORS: Record<string, string> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A schedule can name 29 February only. */
const MAX_DAYS = 8 * 366;

/**
 * Next start of a CronJob's schedule after a time, both in milliseconds; exact but for the hour in which a clock changes.
 *
 * @param timeZone - Default: UTC.
 * @returns undefined for a schedule that does not parse or never comes.
 *
 * @see robfig/cron v3.0.1 parser.go (`ParseStandard`), spec.go (`Next`)
 */
export function nextStart(
  schedule: string,
  timeZone: string | undefined,
  after: number,
): number | undefined {
  const text = schedule.replace(/^\s*(?:CRON_)?TZ=\S+\s+/, '').trim();
  const fields = (DESCRIPTORS[text] ?? text).split(/\s+/);
  if (fields.length !== 5 || Number.isNaN(after)) {
    return undefined;
  }
  const minutes = parseField(fields[0], 0, 59);
  const hours = parseField(fields[1], 0, 23);
  const days = parseField(fields[2], 1, 31);
  const months = parseField(fields[3], 1, 12, MONTHS);
  const weekdays = parseField(fields[4], 0, 6, WEEKDAYS);
  if (!minutes || !hours || !days || !months || !weekdays) {
    return undefined;
  }
  const isEitherDay = [fields[2], fields[4]].every(
    field => !/^[*?]/.test(field),
  );
  const matchesDay = (date: Date) => {
    const isDay = days.has(date.getUTCDate());
    const isWeekday = weekdays.has(date.getUTCDay());
    return (
      months.has(date.getUTCMonth() + 1) &&
      (isEitherDay ? isDay || isWeekday : isDay && isWeekday)
    );
  };
  // Wall-clock times are computed as if they were UTC.
  const start = wallClock(after, timeZone);
  const firstDay = Math.floor(start / DAY_MS) * DAY_MS;
  for (let day = 0; day < MAX_DAYS; day += 1) {
    const midnight = firstDay + day * DAY_MS;
    if (matchesDay(new Date(midnight))) {
      for (const hour of hours) {
        for (const minute of minutes) {
          const wall = midnight + hour * HOUR_MS + minute * MINUTE_MS;
          if (wall > start) {
            return wall - (wallClock(wall, timeZone) - wall);
          }
        }
      }
    }
  }
  return undefined;
}

/** Matching numbers in ascending order; undefined for a field that does not parse. */
function parseField(
  field: string,
  min: number,
  max: number,
  names: string[] = [],
): Set<number> | undefined {
  const numberOf = (text: string) => {
    const name = names.indexOf(text.toUpperCase());
    return name >= 0 ? name + min : Number(text);
  };
  const matching = new Set<number>();
  for (const part of field.split(',')) {
    const match = /^(?:[*?]|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
    if (!match) {
      return undefined;
    }
    const [, first, last, step] = match;
    const from = first === undefined ? min : numberOf(first);
    const openEnd = first === undefined || step !== undefined ? max : from;
    const to = last === undefined ? openEnd : numberOf(last);
    if (!(from >= min && to <= max && from <= to)) {
      return undefined;
    }
    for (let value = from; value <= to; value += Number(step ?? 1) || max) {
      matching.add(value);
    }
  }
  return new Set([...matching].sort((a, b) => a - b));
}

/** Wall-clock time in a zone, as milliseconds of UTC with the same digits; UTC for an unknown zone. */
export function wallClock(time: number, timeZone = 'UTC'): number {
  try {
    const parts = new Intl.DateTimeFormat('en', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    }).formatToParts(time);
    const [year, month, day, hour, minute, second] = [
      'year',
      'month',
      'day',
      'hour',
      'minute',
      'second',
    ].map(type => Number(parts.find(part => part.type === type)?.value));
    return Date.UTC(year, month - 1, day, hour, minute, second);
  } catch {
    return time;
  }
}
