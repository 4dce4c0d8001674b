import type { ForgeState, Status } from './ForgeState';

/** The latest status of each context of a commit, newest first. */
export function latestStatuses(state: ForgeState, sha: string): Status[] {
  const latest = new Map<string, Status>();
  for (const status of state.data.statuses) {
    if (status.sha === sha) {
      latest.set(status.context, status);
    }
  }
  return [...latest.values()].sort((one, other) => other.id - one.id);
}

/** One word for all of them, by Gitea's rule. */
export function combinedState(
  statuses: Status[],
): 'success' | 'failure' | 'pending' {
  const states = statuses.map(status => status.state);
  if (states.some(state => state === 'error' || state === 'failure')) {
    return 'failure';
  }
  return states.length > 0 && !states.includes('pending')
    ? 'success'
    : 'pending';
}
