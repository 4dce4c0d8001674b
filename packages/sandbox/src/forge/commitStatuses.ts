import type { ForgeState, CommitStatus } from './ForgeState';

/** Lists the latest status of each context of a commit, newest first. */
export function latestStatuses(state: ForgeState, sha: string): CommitStatus[] {
  const latest = new Map<string, CommitStatus>();
  for (const status of state.data.statuses) {
    if (status.sha === sha) {
      latest.set(status.context, status);
    }
  }
  return [...latest.values()].sort((one, other) => other.id - one.id);
}

/** Combines statuses into one state, by Gitea's rule. */
export function combinedState(
  statuses: CommitStatus[],
): 'success' | 'failure' | 'pending' {
  const states = statuses.map(status => status.state);
  if (states.some(state => state === 'error' || state === 'failure')) {
    return 'failure';
  }
  return states.length > 0 && !states.includes('pending')
    ? 'success'
    : 'pending';
}
