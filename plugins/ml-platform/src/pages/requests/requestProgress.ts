import type {
  ChangeRequestStep,
  ChangeRequestStepId,
  ChangeRequestSummary,
} from '@internal/plugin-ml-platform-common';
import type { TimelineStep } from '../../components/shared/Timeline';

/** Texts of a step that is yet to come, and of one that has passed. */
const TITLES: Record<ChangeRequestStepId, [string, string]> = {
  opened: ['Open', 'Opened'],
  check: ['Check', 'Checked'],
  approved: ['Approval', 'Approved'],
  merged: ['Merge', 'Merged'],
  applied: ['Apply', 'Applied'],
  healthy: ['Healthy', 'Healthy'],
};
const STEP_IDS = Object.keys(TITLES) as ChangeRequestStepId[];

/** One step per kind: checks and environments of the same kind are counted. */
export function shortSteps(request: ChangeRequestSummary): TimelineStep[] {
  return STEP_IDS.flatMap(id => {
    const all = request.steps.filter(step => step.id === id);
    const relevant = all.filter(({ state }) => state !== 'skipped');
    const steps = relevant.length > 0 ? relevant : all;
    return steps.length > 0 ? [shortStep(id, steps)] : [];
  });
}

function shortStep(
  id: ChangeRequestStepId,
  steps: ChangeRequestStep[],
): TimelineStep {
  const passed = steps.filter(({ state }) => state === 'passed').length;
  const title = TITLES[id][passed === steps.length ? 1 : 0];
  const [{ environment }] = steps;
  const where = environment ? ` in ${environment}` : '';
  return {
    id,
    title:
      steps.length === 1
        ? `${title}${where}`
        : `${title} ${passed} of ${steps.length}`,
    state: combinedState(steps),
  };
}

function combinedState(steps: ChangeRequestStep[]): ChangeRequestStep['state'] {
  return (
    (['failed', 'running', 'waiting', 'passed'] as const).find(state =>
      steps.some(step => step.state === state),
    ) ?? 'skipped'
  );
}

/** Title of one step of the whole timeline, for example "Applied in prod: fraud-scorer". */
export function stepTitle(step: ChangeRequestStep): string {
  const { id, state, name, workload, environment } = step;
  if (id === 'check' && name) {
    return `Check ${name}`;
  }
  const title = TITLES[id][state === 'passed' ? 1 : 0];
  const where = environment ? ` in ${environment}` : '';
  return `${title}${where}${workload ? `: ${workload}` : ''}`;
}

/** The next step of a request, in sentences. */
export interface Waiting {
  text: string;
  /** Time of the last step, ISO 8601; absent when it waits for nothing. */
  since?: string;
}

/** Says who or what has to act next. */
export function waitingFor(request: ChangeRequestSummary): Waiting {
  const text = waitingText(request);
  return isDone(request) ? { text } : { text, since: lastProgress(request) };
}

function isDone({ step, state }: ChangeRequestSummary): boolean {
  return step === 'done' || state === 'closed';
}

function waitingText(request: ChangeRequestSummary): string {
  const { state, step, steps } = request;
  const owner = requesterOf(request);
  if (state === 'closed') {
    return 'Closed without a merge.';
  }
  if (step === 'done') {
    const environments = steps
      .filter(({ id, state: each }) => id === 'healthy' && each === 'passed')
      .map(({ environment }) => environment);
    return environments.length > 0
      ? `Done: rolled out and became healthy in ${[
          ...new Set(environments),
        ].join(', ')}.`
      : 'Merged. Argo CD has nothing to apply for it.';
  }
  const current = steps.filter(({ id }) => id === step);
  const failed = current.find(each => each.state === 'failed');
  const next =
    failed ??
    current.find(each => ['running', 'waiting'].includes(each.state)) ??
    current[0];
  const because = next?.text ? ` ${sentence(next.text)}` : '';
  const where = next?.environment ? ` in ${next.environment}` : '';
  switch (step) {
    case 'check':
      return failed
        ? `Waits for ${owner}: the check ${
            next.name ?? ''
          } failed.${because} Push a fix to the branch.`
        : `Waits for ${next?.name ? `the check ${next.name}` : 'its checks'}.${
            next?.name ? '' : because
          }`;
    case 'approved':
      return failed
        ? `Waits for ${owner}.${because}`
        : `Waits for a review at the forge.${because}`;
    case 'merged':
      return 'Approved. Waits for somebody to merge it at the forge.';
    case 'applied':
      return failed
        ? `Argo CD could not apply it${where}.${because}`
        : `Waits for Argo CD to apply it${where}.${because}`;
    default:
      return failed
        ? `${next?.workload ?? 'It'} did not become healthy${where}.${because}`
        : `Waits for ${
            next?.workload ?? 'it'
          } to become healthy${where}.${because}`;
  }
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

function lastProgress({ steps, openedAt }: ChangeRequestSummary): string {
  return steps
    .flatMap(({ state, at }) => (at && state === 'passed' ? [at] : []))
    .reduce((last, at) => (at > last ? at : last), openedAt);
}

/** Environments that a request changes, as far as its steps say. */
export function environmentsOf({ steps }: ChangeRequestSummary): string[] {
  return [
    ...new Set(
      steps.flatMap(({ environment }) => (environment ? [environment] : [])),
    ),
  ];
}

/** The person behind a request. A trailer that is not signed proves nothing, so it is never the person's name. */
export function requesterOf({ origin, author }: ChangeRequestSummary): string {
  return origin
    ? origin.requester.slice(origin.requester.lastIndexOf('/') + 1)
    : author;
}

/** Note about the origin of a request that the portal did not open as it is; undefined for others. */
export function originNote({
  provenance,
}: ChangeRequestSummary): string | undefined {
  switch (provenance) {
    case 'verified':
      return undefined;
    case 'changed':
      return 'Commits were pushed since the portal opened it.';
    default:
      return 'Made by hand, not by a form of the portal.';
  }
}
