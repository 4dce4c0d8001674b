import {
  applicationConditions,
  commitsOf,
  isFailedSync,
  redactAddresses,
  type Application,
} from '@internal/plugin-ml-platform-node';
import type { ApplicationRecord, Progress } from './changeRequestRecord';

/** Health of the workload's own objects, which Argo CD sees later or not at all; sentences. */
export interface WorkloadView {
  /** Reasons why pods of its services are not ready. */
  unready: string[];
  /** All reasons, most severe first. */
  reasons: string[];
}

interface RolloutContext {
  /** Undefined if the AppProject has no Application of that name. */
  application: Application | undefined;
  merge: { commit: string; at: string };
  /** Checks if the history of a revision contains the merge commit. */
  contains: (revision: string) => Promise<boolean>;
  workloadView: WorkloadView;
  now: Date;
}

/** Upper bound of the difference between the clocks of forge and cluster. */
const SKEW_MS = 5 * 60_000;

/**
 * Advances the progress of a merged change request in one Application. A step that has passed stays passed: later
 * revisions, failures and reverts belong to other change requests.
 */
export async function advanceProgress(
  previous: ApplicationRecord,
  context: RolloutContext,
): Promise<ApplicationRecord> {
  const applied =
    previous.applied.state === 'passed'
      ? previous.applied
      : await appliedProgress(previous, context);
  const record = { ...previous, applied };
  if (previous.healthy.state === 'passed' || applied.state !== 'passed') {
    return record;
  }
  return { ...record, healthy: healthyProgress(record, context) };
}

async function appliedProgress(
  { removes }: ApplicationRecord,
  context: RolloutContext,
): Promise<Progress> {
  const { application, now } = context;
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
    (await successfulSync(application, context)) ??
    (await unfinishedSync(application, context))
  );
}

/** First sync whose revision contains the merge. */
async function successfulSync(
  application: Application,
  context: RolloutContext,
): Promise<Progress | undefined> {
  const { history, sync, reconciledAt } = application.status;
  const { merge, now } = context;
  const earliest = Date.parse(merge.at) - SKEW_MS;
  const entries = [...history].sort((a, b) => a.id - b.id);
  for (const [index, entry] of entries.entries()) {
    const { id, deployedAt } = entry;
    if (
      deployedAt &&
      Date.parse(deployedAt) >= earliest &&
      (await containsMerge(entry, application, context))
    ) {
      const at = new Date(deployedAt).toISOString();
      return index === 0 && id > 0
        ? {
            state: 'passed',
            at,
            text: 'At this time or earlier: Argo CD no longer has the earlier syncs.',
          }
        : { state: 'passed', at };
    }
  }
  if (
    sync?.status === 'Synced' &&
    (await containsMerge(sync, application, context))
  ) {
    return {
      state: 'passed',
      at: toTime(reconciledAt) ?? now.toISOString(),
      text: 'There was nothing to apply.',
    };
  }
  return undefined;
}

/** Returns true if a commit of any of the sources contains the merge. */
async function containsMerge(
  revisions: { revision?: string; revisions?: string[] },
  application: Application,
  { contains }: RolloutContext,
): Promise<boolean> {
  for (const commit of commitsOf(revisions, application)) {
    if (await contains(commit)) {
      return true;
    }
  }
  return false;
}

async function unfinishedSync(
  application: Application,
  context: RolloutContext,
): Promise<Progress> {
  const { operationState, conditions } = application.status;
  const result = operationState?.syncResult;
  if (
    operationState &&
    result &&
    (await containsMerge(result, application, context))
  ) {
    if (isFailedSync(operationState)) {
      return {
        state: 'failed',
        at: toTime(operationState.finishedAt),
        text: failedSyncText(application),
      };
    }
    if (operationState.phase === 'Running') {
      return { state: 'running' };
    }
  }
  const error = conditions.find(({ type }) => type.endsWith('Error'));
  return error
    ? { state: 'failed', text: redactAddresses(error.message) }
    : { state: 'waiting', text: 'Argo CD has not synced it yet.' };
}

/** The resources that could not be synced; without any, the message of the sync. */
function failedSyncText({ status }: Application): string {
  const failures = applicationConditions(status).flatMap(
    ({ resources, message }) =>
      resources
        ? `${resources
            .map(({ kind, name }) => `${kind} ${name}`)
            .join(', ')}: ${message}`
        : [],
  );
  return failures.length > 0
    ? failures.join(' ')
    : redactAddresses(status.operationState?.message ?? 'The sync failed.');
}

function healthyProgress(
  { applied, removes, healthy }: ApplicationRecord,
  { application, workloadView, now }: RolloutContext,
): Progress {
  if (removes) {
    return { state: 'skipped' };
  }
  const health = application?.status.health;
  const since = toTime(health?.lastTransitionTime);
  // Argo CD records the sync first and assesses the health afterwards.
  const assessedAt = toTime(application?.status.reconciledAt);
  const isAssessedBefore =
    assessedAt !== undefined &&
    applied.at !== undefined &&
    assessedAt < applied.at;
  if (!application || !health || isAssessedBefore) {
    return { state: 'waiting' };
  }
  switch (health.status) {
    case 'Healthy':
      return workloadView.unready.length > 0
        ? {
            state: 'running',
            text: workloadView.unready.join(' '),
            disputed: true,
          }
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
        text: healthText('Degraded', application, workloadView),
      };
    default:
      return {
        state: 'running',
        text: healthText(health.status, application, workloadView),
      };
  }
}

/** Prefers the reasons of the objects to Argo CD's message. */
function healthText(
  health: string,
  { status }: Application,
  { reasons }: WorkloadView,
): string {
  const argoCdMessages = [
    status.health?.message,
    ...status.conditions.map(({ message }) => message),
  ].filter(reason => reason !== undefined);
  const texts =
    reasons.length > 0 ? reasons : argoCdMessages.map(redactAddresses);
  return texts.length > 0 ? `${health}: ${texts.join(' ')}` : health;
}

function latest(...times: Array<string | undefined>): string | undefined {
  return times
    .filter(time => time !== undefined)
    .sort()
    .at(-1);
}

/** Converts a time to the portal's format, so that times compare as text. */
function toTime(time: string | undefined): string | undefined {
  return time && Number.isFinite(Date.parse(time))
    ? new Date(time).toISOString()
    : undefined;
}
