import type { ChangeRequestSummary } from '@internal/plugin-ml-platform-common';

const WAITS_FOR: Record<ChangeRequestSummary['step'], string> = {
  opened: 'being opened',
  check: 'waits for its checks',
  approved: 'waits for approval',
  merged: 'waits to be merged',
  applied: 'waits for Argo CD to apply it',
  healthy: 'waits to become healthy',
  done: 'done',
};

/** State of a change request in a few words, for example "waits for approval". */
export function requestStep({
  state,
  step,
  failed,
}: Pick<ChangeRequestSummary, 'state' | 'step' | 'failed'>): string {
  if (state === 'closed') {
    return 'closed without a merge';
  }
  return failed ? 'a step failed' : WAITS_FOR[step];
}
