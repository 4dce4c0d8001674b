import type {
  Health,
  HealthCode,
  HealthReason,
  HealthState,
} from '@internal/plugin-ml-platform-common';

/** State of a workload that has a reason, by the code of the reason. */
const STATE_BY_CODE: Record<HealthCode, HealthState> = {
  'quota-exceeded': 'waiting',
  'limit-range': 'degraded',
  policy: 'degraded',
  'not-created': 'degraded',
  'no-free-gpu': 'waiting',
  'insufficient-cpu': 'waiting',
  'insufficient-memory': 'waiting',
  'insufficient-resources': 'waiting',
  taints: 'waiting',
  'node-selector': 'waiting',
  placement: 'waiting',
  unschedulable: 'waiting',
  queue: 'waiting',
  'image-pull': 'degraded',
  volume: 'degraded',
  'crash-loop': 'degraded',
  'container-failed': 'degraded',
  'probe-failing': 'degraded',
  'config-error': 'degraded',
  'start-failed': 'degraded',
  evicted: 'degraded',
  'deadline-exceeded': 'degraded',
  'job-failed': 'degraded',
  'sync-error': 'degraded',
  'sync-waiting': 'waiting',
  'sync-warning': 'healthy',
  'sync-unknown': 'unknown',
  'argocd-health': 'degraded',
  aborted: 'degraded',
  starting: 'progressing',
  'not-ready': 'progressing',
  'rolling-out': 'progressing',
  paused: 'suspended',
  suspended: 'suspended',
  terminating: 'degraded',
  'node-unreachable': 'degraded',
  schedule: 'degraded',
  'overlapping-run': 'waiting',
  autoscaling: 'degraded',
  'autoscaling-limit': 'waiting',
  'not-deployed': 'missing',
  'not-read': 'unknown',
  'no-status': 'unknown',
};

/** Health states from worst to best. */
export const WORST_FIRST: HealthState[] = [
  'degraded',
  'waiting',
  'unknown',
  'progressing',
  'suspended',
  'healthy',
  'missing',
];

/** Worst of several states. `missing` comes after `healthy`: not every environment needs a deployment. */
export function worstOf(states: HealthState[]): HealthState {
  return WORST_FIRST.find(state => states.includes(state)) ?? 'missing';
}

/** Derives the health from its reasons; without any, or with warnings alone, it is healthy. */
export function healthOf(reasons: HealthReason[]): Health {
  const grouped = groupReasons(reasons);
  return {
    state:
      grouped.length === 0
        ? 'healthy'
        : worstOf(grouped.map(({ code }) => STATE_BY_CODE[code])),
    reasons: grouped,
  };
}

/** Merges reasons with the same text about several objects, and sorts them by state, then by frequency. */
function groupReasons(reasons: HealthReason[]): HealthReason[] {
  const groups = new Map<string, HealthReason & { times: number }>();
  for (const reason of reasons) {
    const group = groups.get(reason.text);
    const since = [group?.since, reason.since]
      .filter(each => each !== undefined)
      .sort()[0];
    groups.set(reason.text, {
      ...(group ?? reason),
      ...(since && { since }),
      times: (group?.times ?? 0) + (reason.count ?? 1),
    });
  }
  const rank = ({ code }: HealthReason) =>
    WORST_FIRST.indexOf(STATE_BY_CODE[code]);
  return [...groups.values()]
    .sort((a, b) => rank(a) - rank(b) || b.times - a.times)
    .map(({ times, ...reason }) =>
      times > 1 ? { ...reason, count: times } : reason,
    );
}
