import {
  redactAddresses,
  type Application,
} from '@internal/plugin-ml-platform-node';
import type { ApplicationRecord, Progress } from './changeRequestRecord';

/** What the objects of the workload tell, which Argo CD sees later or not at all; in sentences. */
export interface WorkloadView {
  /** Why pods of its services are not ready. */
  unready: string[];
  /** All that is in the way, the worst first. */
  reasons: string[];
}

interface Follow {
  /** Undefined when Argo CD has none of that name in the project. */
  application: Application | undefined;
  merge: { commit: string; at: string };
  /** Whether a revision has the merge commit in its history. */
  contains: (revision: string) => Promise<boolean>;
  ownView: WorkloadView;
  now: Date;
}

/** Clocks of the forge and of the cluster differ by less. */
const SKEW_MS = 5 * 60_000;

/**
 * How far a merged request came in one Application. What has passed stays so: a later revision, a later failure or a
 * revert of the merge are not this request's.
 */
export async function advanceProgress(
  known: ApplicationRecord,
  follow: Follow,
): Promise<ApplicationRecord> {
  const applied =
    known.applied.state === 'passed'
      ? known.applied
      : await appliedBy(known, follow);
  const record = { ...known, applied };
  if (known.healthy.state === 'passed' || applied.state !== 'passed') {
    return record;
  }
  return { ...record, healthy: healthyAfter(record, follow) };
}

async function appliedBy(
  { removes }: ApplicationRecord,
  follow: Follow,
): Promise<Progress> {
  const { application, now } = follow;
  if (removes) {
    return application
      ? { state: 'waiting', text: 'Argo CD still has the Application.' }
      : { state: 'passed', at: now.toISOString(), text: 'Removed.' };
  }
  if (!application) {
    return {
      state: 'waiting',
      text: 'Argo CD does not have the Application yet.',
    };
  }
  return (
    (await syncedBy(application, follow)) ??
    (await failedBy(application, follow))
  );
}

/** The first sync whose revision contains the merge. */
async function syncedBy(
  { status: { history, sync, reconciledAt } }: Application,
  { merge, contains, now }: Follow,
): Promise<Progress | undefined> {
  const earliest = Date.parse(merge.at) - SKEW_MS;
  const entries = [...history].sort((a, b) => a.id - b.id);
  for (const [index, { id, revision, deployedAt }] of entries.entries()) {
    if (
      revision &&
      deployedAt &&
      Date.parse(deployedAt) >= earliest &&
      (await contains(revision))
    ) {
      const at = new Date(deployedAt).toISOString();
      return index === 0 && id > 0
        ? {
            state: 'passed',
            at,
            text: 'At the latest then: Argo CD has forgotten what was before.',
          }
        : { state: 'passed', at };
    }
  }
  if (
    sync?.status === 'Synced' &&
    sync.revision &&
    (await contains(sync.revision))
  ) {
    return {
      state: 'passed',
      at: toTime(reconciledAt) ?? now.toISOString(),
      text: 'There was nothing to apply.',
    };
  }
  return undefined;
}

async function failedBy(
  { status: { operationState, conditions } }: Application,
  { contains }: Follow,
): Promise<Progress> {
  const revision = operationState?.syncResult?.revision;
  if (operationState && revision && (await contains(revision))) {
    const { phase, retryCount, message, finishedAt } = operationState;
    if (phase === 'Failed' || phase === 'Error' || retryCount) {
      return {
        state: 'failed',
        at: toTime(finishedAt),
        text: redactAddresses(message ?? 'The sync failed.'),
      };
    }
    if (phase === 'Running') {
      return { state: 'running' };
    }
  }
  const error = conditions.find(({ type }) => type.endsWith('Error'));
  return error
    ? { state: 'failed', text: redactAddresses(error.message) }
    : { state: 'waiting', text: 'Argo CD has not synced it yet.' };
}

function healthyAfter(
  { applied, removes, healthy }: ApplicationRecord,
  { application, ownView, now }: Follow,
): Progress {
  if (removes) {
    return { state: 'skipped' };
  }
  const health = application?.status.health;
  const since = toTime(health?.lastTransitionTime);
  // Argo CD writes the sync down first and assesses the health after it.
  const assessedAt = toTime(application?.status.reconciledAt);
  const isOfBefore =
    assessedAt !== undefined &&
    applied.at !== undefined &&
    assessedAt < applied.at;
  if (!application || !health || isOfBefore) {
    return { state: 'waiting' };
  }
  switch (health.status) {
    case 'Healthy':
      return ownView.unready.length > 0
        ? { state: 'running', text: ownView.unready.join(' '), disputed: true }
        : {
            state: 'passed',
            at: latest(
              applied.at,
              (healthy.disputed ? undefined : since) ?? now.toISOString(),
            ),
          };
    case 'Degraded':
      return {
        state: 'failed',
        at: latest(applied.at, since),
        text: inWords('Degraded', application, ownView),
      };
    default:
      return {
        state: 'running',
        text: inWords(health.status, application, ownView),
      };
  }
}

/** The objects tell more than Argo CD's word for them. */
function inWords(
  word: string,
  { status }: Application,
  { reasons }: WorkloadView,
): string {
  const ofArgoCd = [
    status.health?.message,
    ...status.conditions.map(({ message }) => message),
  ].filter(reason => reason !== undefined);
  const words = reasons.length > 0 ? reasons : ofArgoCd.map(redactAddresses);
  return words.length > 0 ? `${word}: ${words.join(' ')}` : word;
}

function latest(...times: Array<string | undefined>): string | undefined {
  return times
    .filter(time => time !== undefined)
    .sort()
    .at(-1);
}

/** As times of the portal are written, so that they compare as text. */
function toTime(time: string | undefined): string | undefined {
  return time && Number.isFinite(Date.parse(time))
    ? new Date(time).toISOString()
    : undefined;
}
