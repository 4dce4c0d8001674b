import type {
  ChangeRequestStep,
  ChangeRequestStepId,
  ChangeRequestSummary,
} from '@internal/plugin-ml-platform-common';
import { redactAddresses } from '@internal/plugin-ml-platform-node';
import { httpUrl } from '../http/httpUrl';
import type { Progress, ChangeRequestRecord } from './changeRequestRecord';

/** Summarises a change request for a caller with access to `teams`; other teams' parts are omitted. */
export function summariseChangeRequest(
  record: ChangeRequestRecord,
  teams: string[],
): ChangeRequestSummary {
  const { origin, number, title, state, author, openedAt, updatedAt } = record;
  const { provenance = 'none', ...claims } = origin ?? {};
  const steps = allSteps(record, teams);
  const current = currentSteps(record, steps);
  return {
    number,
    title,
    link: httpUrl(record.url),
    state,
    failed: current.some(step => step.state === 'failed'),
    step: firstUnfinished(current),
    teams,
    workloads: record.workloads.filter(({ team }) => teams.includes(team)),
    author,
    provenance,
    ...(origin && {
      [provenance === 'claimed' ? 'claims' : 'origin']: claims,
    }),
    openedAt,
    updatedAt,
    steps,
  };
}

/** Steps that can still fail: after the merge, checks and reviews no longer matter. */
function currentSteps(
  { state }: ChangeRequestRecord,
  steps: ChangeRequestStep[],
): ChangeRequestStep[] {
  switch (state) {
    case 'open':
      return steps;
    case 'merged':
      return steps.filter(({ id }) => id === 'applied' || id === 'healthy');
    default:
      return [];
  }
}

function firstUnfinished(
  steps: ChangeRequestStep[],
): ChangeRequestStepId | 'done' {
  const unfinished = steps.find(
    ({ state }) => state !== 'passed' && state !== 'skipped',
  );
  return unfinished?.id ?? 'done';
}

function allSteps(
  record: ChangeRequestRecord,
  teams: string[],
): ChangeRequestStep[] {
  const { openedAt, author, url } = record;
  return [
    {
      id: 'opened',
      state: 'passed',
      at: openedAt,
      text: `By ${author}`,
      link: httpUrl(url),
    },
    ...checkSteps(record),
    approvedStep(record),
    mergedStep(record),
    ...applicationSteps(record, teams),
  ];
}

function checkSteps({
  checks,
  state,
}: ChangeRequestRecord): ChangeRequestStep[] {
  if (checks.length === 0) {
    return [
      {
        id: 'check',
        state: state === 'open' ? 'waiting' : 'skipped',
        text: 'No check has reported yet.',
      },
    ];
  }
  return [...checks]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(check => {
      const isAbandoned = check.state === 'running' && state !== 'open';
      return {
        id: 'check',
        name: check.name,
        state: isAbandoned ? 'skipped' : check.state,
        at: check.at,
        text: isAbandoned
          ? `It had not finished when the pull request was ${state}.`
          : redactAddresses(check.text) || undefined,
        link: httpUrl(check.link),
      };
    });
}

function approvedStep({
  reviews,
  state,
}: ChangeRequestRecord): ChangeRequestStep {
  const newest = [...reviews].sort((a, b) => b.at.localeCompare(a.at));
  const rejected = newest.find(
    ({ decision }) => decision === 'changes-requested',
  );
  if (rejected && state !== 'merged') {
    return {
      id: 'approved',
      state: 'failed',
      at: rejected.at,
      text: `${rejected.by} requested changes`,
    };
  }
  // The approval time is that of the first approval that counts.
  const approvals = newest.filter(({ decision }) => decision === 'approved');
  const approved = approvals.filter(({ stale }) => !stale).at(-1);
  if (approved) {
    return {
      id: 'approved',
      state: 'passed',
      at: approved.at,
      text: `By ${approved.by}`,
    };
  }
  if (state !== 'open') {
    return {
      id: 'approved',
      state: 'skipped',
      text: `It was ${state} without an approval of its last commit.`,
    };
  }
  return {
    id: 'approved',
    state: 'waiting',
    text:
      approvals.length > 0
        ? `${approvals[0].by} approved an earlier commit.`
        : undefined,
  };
}

function mergedStep({
  state,
  merge,
  closedAt,
}: ChangeRequestRecord): ChangeRequestStep {
  if (merge) {
    const { at, by, commit } = merge;
    const text = [commit.slice(0, 10), by && `by ${by}`];
    return {
      id: 'merged',
      state: 'passed',
      at,
      text: text.filter(Boolean).join(' '),
    };
  }
  return state === 'closed'
    ? {
        id: 'merged',
        state: 'skipped',
        at: closedAt,
        text: 'Closed without a merge.',
      }
    : { id: 'merged', state: 'waiting' };
}

const TERRAFORM =
  'Terraform: not applied here. Where the platform repository has a CI that applies it, that CI says so.';

function applicationSteps(
  record: ChangeRequestRecord,
  teams: string[],
): ChangeRequestStep[] {
  const isClosed = record.state === 'closed';
  const step = (
    id: ChangeRequestStepId,
    { state, at, text }: Progress,
    about: Pick<ChangeRequestStep, 'name' | 'workload' | 'environment'>,
  ): ChangeRequestStep =>
    isClosed
      ? { id, ...about, state: 'skipped' }
      : { id, ...about, state, at, text };
  return [
    ...record.terraform
      .filter(({ team }) => teams.includes(team))
      .map(({ environment }) =>
        step('applied', { state: 'skipped', text: TERRAFORM }, { environment }),
      ),
    ...record.applications
      .filter(({ team }) => teams.includes(team))
      .flatMap(({ name, workload, environment, applied, healthy }) => [
        step('applied', applied, { name, workload, environment }),
        step('healthy', healthy, { name, workload, environment }),
      ]),
  ];
}
