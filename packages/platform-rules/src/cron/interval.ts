/** A schedule that does not parse; the message is in the words of robfig/cron. */
export class ScheduleError extends Error {}

export const EVERY = '@every ';
export const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;

const UNITS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: MINUTE_MS,
  h: HOUR_MS,
};

/** Parses a Go duration of at least a second; shorter ones count as one. */
export function parseInterval(text: string): number {
  const duration = text.slice(EVERY.length);
  const fail = (words: string): never => {
    throw new ScheduleError(`failed to parse duration ${text}: time: ${words}`);
  };
  const quoted = JSON.stringify(duration);
  const unsigned = duration.replace(/^[+-]/, '');
  if (unsigned === '0') {
    return 1000;
  }
  let total = 0;
  let position = 0;
  const pattern = /(\d+\.?\d*|\.\d+)([^.\d]*)/y;
  while (position < unsigned.length || position === 0) {
    pattern.lastIndex = position;
    const match = pattern.exec(unsigned);
    if (!match) {
      return fail(`invalid duration ${quoted}`);
    }
    const [whole, number, unit] = match;
    if (unit === '') {
      return fail(`missing unit in duration ${quoted}`);
    }
    if (!Object.hasOwn(UNITS, unit)) {
      return fail(`unknown unit ${JSON.stringify(unit)} in duration ${quoted}`);
    }
    total += Number(number) * UNITS[unit];
    position += whole.length;
  }
  const signed = duration.startsWith('-') ? -total : total;
  return Math.max(1000, Math.floor(signed / 1000) * 1000);
}
