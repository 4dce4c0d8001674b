import type {
  Health,
  HealthCode,
  HealthReason,
  HealthState,
} from '@internal/plugin-ml-platform-common';

/** The state that each reason puts a workload in. */
const STATES: Record<HealthCode, HealthState> = {
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
  'argocd-health': 'degraded',
  aborted: 'degraded',
  starting: 'progressing',
  'not-ready': 'progressing',
  'rolling-out': 'progressing',
  paused: 'suspended',
  suspended: 'suspended',
  'not-deployed': 'missing',
  'not-read': 'unknown',
};

/** The worst first: what needs somebody, what waits, what is under way. */
export const WORST_FIRST: HealthState[] = [
  'degraded',
  'waiting',
  'unknown',
  'progressing',
  'suspended',
  'healthy',
  'missing',
];

/** The worst of several states; something missing is no worse than that it is there and well. */
export function worstOf(states: HealthState[]): HealthState {
  return WORST_FIRST.find(state => states.includes(state)) ?? 'missing';
}

/** What the reasons together mean: healthy without any. */
export function healthOf(reasons: HealthReason[]): Health {
  const grouped = groupReasons(reasons);
  return {
    state:
      grouped.length === 0
        ? 'healthy'
        : worstOf(grouped.map(({ code }) => STATES[code])),
    reasons: grouped,
  };
}

/** The same words about several objects are one reason. */
function groupReasons(reasons: HealthReason[]): HealthReason[] {
  const groups = new Map<string, HealthReason & { times: number }>();
  for (const reason of reasons) {
    const known = groups.get(reason.text);
    groups.set(reason.text, {
      ...(known ?? reason),
      times: (known?.times ?? 0) + 1,
    });
  }
  const rank = ({ code }: HealthReason) => WORST_FIRST.indexOf(STATES[code]);
  return [...groups.values()]
    .sort((a, b) => rank(a) - rank(b) || b.times - a.times)
    .map(({ times, ...reason }) =>
      times > 1 ? { ...reason, count: times } : reason,
    );
}
