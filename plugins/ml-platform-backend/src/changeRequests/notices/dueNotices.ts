import { formatList } from '@internal/plugin-ml-platform-common';
import { isSettled, type ChangeRequestRecord } from '../changeRequestRecord';

const UNHEALTHY_AFTER_MS = 10 * 60_000;
/** Events of a longer time ago are not told: a portal that was off would tell all of them at once. */
const MAX_AGE_MS = 60 * 60_000;
/** The database of notifications has 255 characters for a title on PostgreSQL, and forges take as many for theirs. */
const MAX_TITLE = 255;

/** Something that the requester of a change wants to know. */
export interface Notice {
  /** Unique for the change request: each is sent once. */
  id: string;
  title: string;
  description: string;
  severity: 'normal' | 'high';
}

/** Finds the events of a change request that its requester is told about. */
export function dueNotices(record: ChangeRequestRecord, now: number): Notice[] {
  return [
    ...checkNotices(record),
    ...mergeNotices(record),
    ...rolloutNotices(record, now),
  ]
    .filter(({ at }) => now - Date.parse(at) < MAX_AGE_MS)
    .map(({ at: _, title, ...notice }) => ({
      ...notice,
      title: title.slice(0, MAX_TITLE),
    }));
}

type Event = Notice & { at: string };

function checkNotices(record: ChangeRequestRecord): Event[] {
  const { checks, headCommit, state, title } = record;
  const failed = checks.filter(check => check.state === 'failed');
  return state === 'open' && failed.length > 0
    ? [
        {
          id: `check-failed ${headCommit}`,
          title: `A check failed: ${title}`,
          description: `Failed: ${formatList(
            failed.map(({ name }) => name),
          )}. Open the request to see what to do.`,
          severity: 'high',
          at: latest(failed.map(({ at }) => at)),
        },
      ]
    : [];
}

function mergeNotices({ merge, title }: ChangeRequestRecord): Event[] {
  return merge
    ? [
        {
          id: 'merged',
          title: `Merged: ${title}`,
          description: 'Argo CD applies it within about half a minute.',
          severity: 'normal',
          at: merge.at,
        },
      ]
    : [];
}

/** Applications are known once the clone has the merge commit. */
function rolloutNotices(record: ChangeRequestRecord, now: number): Event[] {
  const { applications, merge, resolvedAt, title } = record;
  if (!merge || resolvedAt !== merge.commit || applications.length === 0) {
    return [];
  }
  const waiting = applications.filter(application => !isSettled(application));
  if (waiting.length > 0) {
    return now - Date.parse(merge.at) >= UNHEALTHY_AFTER_MS
      ? [
          {
            id: 'not-healthy',
            title: `Not healthy after 10 minutes: ${title}`,
            description: `Waiting for ${formatList(
              waiting.map(({ name }) => name),
            )}. Open the request to see why.`,
            severity: 'high',
            at: merge.at,
          },
        ]
      : [];
  }
  return [
    {
      id: 'healthy',
      title: `Healthy: ${title}`,
      description: `Deployed: ${formatList(
        applications.map(({ name }) => name),
      )}.`,
      severity: 'normal',
      at: latest([
        merge.at,
        ...applications.map(({ healthy }) => healthy.at ?? merge.at),
      ]),
    },
  ];
}

function latest(times: string[]): string {
  return [...times].sort().at(-1) ?? '';
}
