import {
  matchesPattern,
  type Application,
  type SyncWindow,
} from '@internal/plugin-ml-platform-node';
import { formatList } from './formatting';

const MINUTE_MS = 60_000;
/** Longest window that is looked at; a search through its minutes has to end. */
const MAX_MINUTES = 31 * 24 * 60;
const DURATION_UNITS: Record<string, number> = {
  h: 60,
  m: 1,
  s: 1 / 60,
};
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const DAYS = 'sun mon tue wed thu fri sat'.split(' ');

/**
 * Reason why the sync windows of a project hold back an automatic sync now.
 *
 * @returns undefined when they do not.
 * @see argoproj/argo-cd v3.5.3 pkg/apis/application/v1alpha1/types.go, SyncWindows.CanSync
 */
export function syncWindowText(
  windows: SyncWindow[],
  application: Application,
  now: Date,
): string | undefined {
  const matching = windows.filter(window => matchesWindow(window, application));
  const active = matching.filter(window => isActive(window, now));
  const denying = active.filter(({ kind }) => kind === 'deny');
  const closed = active.some(({ kind }) => kind === 'allow')
    ? []
    : matching.filter(({ kind }) => kind === 'allow');
  const holding = denying.length > 0 ? denying : closed;
  if (holding.length === 0) {
    return undefined;
  }
  const manual = holding.every(({ manualSync }) => manualSync)
    ? 'Somebody can still sync it in Argo CD.'
    : 'Nobody can sync it by hand either.';
  return `${
    denying.length > 0
      ? 'A sync window of its project denies syncs now'
      : 'No sync window of its project allows syncs now'
  } (${formatList(holding.map(describeWindow))}). ${manual}`;
}

function describeWindow(window: SyncWindow): string {
  const { kind, schedule, duration, timeZone, description } = window;
  return `${description ? `${description}: ` : ''}${kind} at "${schedule}"${
    timeZone ? ` ${timeZone}` : ' UTC'
  } for ${duration}`;
}

/** Applications, clusters and namespaces are alternatives, unless `andOperator` is set; a window without any matches nothing. */
function matchesWindow(
  window: SyncWindow,
  { metadata, spec }: Application,
): boolean {
  const { applications, clusters, namespaces, andOperator } = window;
  const { name, server, namespace } = spec.destination ?? {};
  const results = [
    [applications, [metadata.name]] as const,
    [clusters, [name, server]] as const,
    [namespaces, [namespace]] as const,
  ]
    .filter(([patterns]) => patterns && patterns.length > 0)
    .map(([patterns, values]) =>
      values.some(
        value =>
          value && patterns?.some(pattern => matchesPattern(pattern, value)),
      ),
    );
  return (
    results.length > 0 &&
    (andOperator ? results.every(Boolean) : results.some(Boolean))
  );
}

/** Returns true if the schedule fired within the duration before now. Argo CD takes the time zone's offset of now, too. */
function isActive(window: SyncWindow, now: Date): boolean {
  const minutes = Math.min(minutesOf(window.duration ?? ''), MAX_MINUTES);
  const fields = (window.schedule ?? '').trim().toLowerCase().split(/\s+/);
  if (fields.length !== 5) {
    return false;
  }
  const local = now.getTime() + offsetMs(window.timeZone, now);
  const start = Math.floor(local / MINUTE_MS) * MINUTE_MS;
  for (let at = start; at > local - minutes * MINUTE_MS; at -= MINUTE_MS) {
    if (fires(fields, new Date(at))) {
      return true;
    }
  }
  return false;
}

function minutesOf(duration: string): number {
  return [...duration.matchAll(/(\d+(?:\.\d+)?)([hms])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * DURATION_UNITS[unit],
    0,
  );
}

/** Offset of a time zone from UTC; 0 for an unknown one, as Argo CD takes it. */
function offsetMs(timeZone: string | undefined, now: Date): number {
  try {
    const text = now.toLocaleString('sv-SE', {
      timeZone: timeZone || 'UTC',
    });
    const local = Date.parse(`${text.replace(' ', 'T')}Z`);
    return local - Math.floor(now.getTime() / 1000) * 1000;
  } catch {
    return 0;
  }
}

/** Five fields of cron: with a restricted day of the month and of the week, one of the two is enough. */
function fires(fields: string[], at: Date): boolean {
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields;
  const isAnyDay = [dayOfMonth, dayOfWeek].map(field => /^[*?]/.test(field));
  const days = [
    matchesField(dayOfMonth, at.getUTCDate(), { min: 1 }),
    matchesField(dayOfWeek, at.getUTCDay(), { min: 0, names: DAYS }),
  ];
  return (
    matchesField(minute, at.getUTCMinutes(), { min: 0 }) &&
    matchesField(hour, at.getUTCHours(), { min: 0 }) &&
    matchesField(month, at.getUTCMonth() + 1, { min: 1, names: MONTHS }) &&
    (isAnyDay.some(Boolean) ? days.every(Boolean) : days.some(Boolean))
  );
}

function matchesField(
  field: string,
  value: number,
  { min, names = [] }: { min: number; names?: string[] },
): boolean {
  const toNumber = (text: string) =>
    names.includes(text) ? names.indexOf(text) + min : Number(text);
  return field.split(',').some(part => {
    const [range, step] = part.split('/');
    const [from, to] = /^[*?]$/.test(range)
      ? [min, Infinity]
      : range.split('-').map(toNumber);
    const end = to ?? (step === undefined ? from : Infinity);
    return (
      value >= from && value <= end && (value - from) % Number(step ?? 1) === 0
    );
  });
}
