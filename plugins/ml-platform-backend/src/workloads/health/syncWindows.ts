import {
  matchesPattern,
  nextStart,
  type Application,
  type SyncWindow,
  wallClock,
} from '@internal/plugin-ml-platform-node';
import { formatList } from './formatting';

const MINUTE_MS = 60_000;
/** Longest window that is looked at. */
const MAX_MINUTES = 31 * 24 * 60;
const DURATION_UNITS: Record<string, number> = {
  h: 60,
  m: 1,
  s: 1 / 60,
};

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

/**
 * Returns true if the schedule fired within the duration before now. Argo CD takes the time zone's offset of now, too, and
 * neither descriptors such as `@daily` nor a zone in the schedule.
 */
function isActive(window: SyncWindow, now: Date): boolean {
  const { schedule = '', duration = '', timeZone } = window;
  if (schedule.trim().split(/\s+/).length !== 5) {
    return false;
  }
  const minutes = Math.min(minutesOf(duration), MAX_MINUTES);
  const local = wallClock(now.getTime(), timeZone || 'UTC');
  const fired = nextStart(schedule, 'UTC', local - minutes * MINUTE_MS);
  return fired !== undefined && fired <= local;
}

function minutesOf(duration: string): number {
  return [...duration.matchAll(/(\d+(?:\.\d+)?)([hms])/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * DURATION_UNITS[unit],
    0,
  );
}
