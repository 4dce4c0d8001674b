import {
  ScheduleError,
  EVERY,
  HOUR_MS,
  MINUTE_MS,
  parseInterval,
} from './interval';

const MONTHS = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const WEEKDAYS = 'SUN MON TUE WED THU FRI SAT'.split(' ');
const DESCRIPTORS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};
const DAY_MS = 24 * HOUR_MS;
/** A schedule can name 29 February only. */
const MAX_DAYS = 8 * 366;

interface FieldRange {
  min: number;
  max: number;
  names?: string[];
}

const FIELDS: FieldRange[] = [
  { min: 0, max: 59 },
  { min: 0, max: 23 },
  { min: 1, max: 31 },
  { min: 1, max: 12, names: MONTHS },
  { min: 0, max: 6, names: WEEKDAYS },
];

/** A parsed schedule: numbers of each field, or an interval in milliseconds. */
type CronSchedule =
  | { interval: number }
  | {
      minutes: Set<number>;
      hours: Set<number>;
      days: Set<number>;
      months: Set<number>;
      weekdays: Set<number>;
      /** True if days or weekdays suffice, because both are restricted. */
      isEitherDay: boolean;
    };

/**
 * Describes why a schedule does not parse, in the words of the parser that Kubernetes uses.
 *
 * @returns undefined for a valid schedule.
 * @see robfig/cron v3.0.1 `ParseStandard`
 */
export function scheduleProblem(schedule: string): string | undefined {
  try {
    parseSchedule(schedule);
    return undefined;
  } catch (error) {
    if (error instanceof ScheduleError) {
      return error.message;
    }
    throw error;
  }
}

/** Describes why a name is not that of a time zone, in the words of Go. @returns undefined for a time zone. */
export function timeZoneProblem(timeZone: string): string | undefined {
  return isTimeZone(timeZone) ? undefined : `unknown time zone ${timeZone}`;
}

/** Names that are files of the time zone database; Intl accepts more, for example other cases and offsets. */
function isTimeZone(timeZone: string): boolean {
  if (timeZone === 'UTC') {
    return true;
  }
  if (!/^[A-Z][A-Za-z0-9_+-]*(\/[A-Za-z0-9_+-]+)*$/.test(timeZone)) {
    return false;
  }
  try {
    const { timeZone: resolved } = new Intl.DateTimeFormat('en', {
      timeZone,
    }).resolvedOptions();
    // Intl resolves links, so that a different case shows only in names that are no links.
    return (
      resolved === timeZone || resolved.toLowerCase() !== timeZone.toLowerCase()
    );
  } catch {
    return false;
  }
}

/**
 * Next start of a CronJob's schedule after a time, both in milliseconds; exact but for the hour in which a clock changes.
 *
 * @param timeZone - Default: UTC.
 * @returns undefined for a schedule that does not parse or never comes.
 *
 * @see robfig/cron v3.0.1 `spec.go` (`Next`)
 */
export function nextStart(
  schedule: string,
  timeZone: string | undefined,
  after: number,
): number | undefined {
  if (scheduleProblem(schedule) !== undefined || Number.isNaN(after)) {
    return undefined;
  }
  const parsed = parseSchedule(schedule);
  if ('interval' in parsed) {
    return Math.floor((after + parsed.interval) / 1000) * 1000;
  }
  const { minutes, hours, days, months, weekdays, isEitherDay } = parsed;
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

function parseSchedule(schedule: string): CronSchedule {
  if (schedule === '') {
    throw new ScheduleError('empty spec string');
  }
  const [, zone, rest] = /^(?:CRON_)?TZ=(\S*) (.*)$/s.exec(schedule) ?? [];
  if (zone !== undefined && !isTimeZone(zone)) {
    throw new ScheduleError(
      `provided bad location ${zone}: unknown time zone ${zone}`,
    );
  }
  const text = rest === undefined ? schedule : rest.trim();
  if (text.startsWith(EVERY)) {
    return { interval: parseInterval(text) };
  }
  if (text.startsWith('@') && !Object.hasOwn(DESCRIPTORS, text)) {
    throw new ScheduleError(`unrecognized descriptor: ${text}`);
  }
  const fields = (Object.hasOwn(DESCRIPTORS, text) ? DESCRIPTORS[text] : text)
    .split(/\s+/)
    .filter(field => field !== '');
  if (fields.length !== FIELDS.length) {
    throw new ScheduleError(
      `expected exactly ${FIELDS.length} fields, found ${
        fields.length
      }: [${fields.join(' ')}]`,
    );
  }
  const [minutes, hours, days, months, weekdays] = fields.map((field, index) =>
    parseField(field, FIELDS[index]),
  );
  return {
    minutes,
    hours,
    days,
    months,
    weekdays,
    isEitherDay: [fields[2], fields[4]].every(field => !isEveryDay(field)),
  };
}

/** A field with a part for every day, with a step of 1 at most. */
function isEveryDay(field: string): boolean {
  return field.split(',').some(part => /^[*?]([^/]*|.*\/[01])$/.test(part));
}

/** Matching numbers in ascending order. */
function parseField(field: string, range: FieldRange): Set<number> {
  const matching = new Set<number>();
  for (const part of field.split(',').filter(text => text !== '')) {
    const { from, to, step } = parsePart(part, range);
    for (let value = from; value <= to; value += step) {
      matching.add(value);
    }
  }
  return new Set([...matching].sort((a, b) => a - b));
}

function parsePart(part: string, { min, max, names = [] }: FieldRange) {
  const numberOf = (text: string) => {
    const name = names.indexOf(text.toUpperCase());
    return name >= 0 ? name + min : parseNumber(text);
  };
  const [span, stepText, ...more] = part.split('/');
  const [low, high, ...others] = span.split('-');
  const isAll = low === '*' || low === '?';
  const from = isAll ? min : numberOf(low);
  if (!isAll && others.length > 0) {
    throw new ScheduleError(`too many hyphens: ${part}`);
  }
  const single = stepText !== undefined ? max : from;
  const last = !isAll && high !== undefined ? numberOf(high) : single;
  const to = isAll ? max : last;
  if (more.length > 0) {
    throw new ScheduleError(`too many slashes: ${part}`);
  }
  const step = stepText === undefined ? 1 : parseNumber(stepText);
  const problems: [isProblem: boolean, words: string][] = [
    [from < min, `beginning of range (${from}) below minimum (${min})`],
    [to > max, `end of range (${to}) above maximum (${max})`],
    [from > to, `beginning of range (${from}) beyond end of range (${to})`],
    [step === 0, 'step of range should be a positive number'],
  ];
  const [problem] = problems.filter(([isProblem]) => isProblem);
  if (problem) {
    throw new ScheduleError(`${problem[1]}: ${part}`);
  }
  return { from, to, step };
}

function parseNumber(text: string): number {
  if (!/^[+-]?\d{1,18}$/.test(text)) {
    throw new ScheduleError(
      `failed to parse int from ${text}: strconv.Atoi: parsing ${JSON.stringify(
        text,
      )}: invalid syntax`,
    );
  }
  if (Number(text) < 0) {
    throw new ScheduleError(
      `negative number (${Number(text)}) not allowed: ${text}`,
    );
  }
  return Number(text);
}
