import type {
  ChangeRequestSummary,
  WorkloadAnswers,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type { WorkloadTarget } from '../../api/MlPlatformClient';
import { changeLinks, type ChangeLink } from '../changeLinks';

/** A change that one can request for an environment, or the reason why one cannot now. */
export type EnvironmentAction = {
  id: ChangeLink['id'];
  label: string;
} & ({ href: string; reason?: undefined } | { reason: string });

interface EnvironmentActionsOptions {
  target: WorkloadTarget;
  environment: string;
  /** All environments of the platform, in order of promotion. */
  environments: Pick<WorkloadEnvironment, 'environment' | 'image'>[];
  answers: WorkloadAnswers;
  /** Open change requests of the workload. */
  requests: ChangeRequestSummary[];
}

/** Lists the changes of one environment, promotion into it first. Empty for a caller who may not request any. */
export function environmentActions(
  options: EnvironmentActionsOptions,
): EnvironmentAction[] {
  const { target, environment, environments, answers, requests } = options;
  if (!answers.mayRequest) {
    return [];
  }
  const blocker = requestFor(requests, target, environment);
  const blocked =
    blocker &&
    `#${blocker.number} for ${environment} is open. Merge or close it first.`;
  const links = changeLinks({ target, environment, environments, answers });
  const isThere = answers.environments.includes(environment);
  const absent = `${environment} is not in the platform repository yet.`;
  const action = (
    id: ChangeLink['id'],
    label: string,
    reason: string,
  ): EnvironmentAction => {
    const href = links.find(link => link.id === id)?.href;
    return href && !blocked
      ? { id, label, href }
      : { id, label, reason: (isThere ? blocked : absent) ?? reason };
  };
  const optional = (id: ChangeLink['id'], label: string) =>
    links.some(link => link.id === id) ? [action(id, label, '')] : [];
  return [
    promotion(options, blocked),
    action('set-image', 'Set image', absent),
    action(
      'edit',
      'Edit',
      'Written by hand: edit its directory in the platform repository.',
    ),
    ...optional('upgrade', 'Upgrade to the newest template'),
    action('roll-back', 'Roll back', absent),
    ...optional('remove', `Remove from ${environment}`),
    ...optional('decommission', 'Decommission…'),
  ];
}

function promotion(
  options: EnvironmentActionsOptions,
  blocked: string | undefined,
): EnvironmentAction {
  const { target, environment, environments, answers } = options;
  const id = 'promote';
  const from = previousEnvironment(environments, environment);
  if (!from) {
    return {
      id,
      label: 'Promote',
      reason: `${environment} is the first environment: change it with Set image or Edit.`,
    };
  }
  const label = `Promote ${from}`;
  const href = changeLinks({
    target,
    environment: from,
    environments,
    answers,
  }).find(link => link.id === 'promote')?.href;
  if (!href) {
    return {
      id,
      label,
      reason: `${from} is not in the platform repository, so there is nothing to promote.`,
    };
  }
  if (blocked) {
    return { id, label, reason: blocked };
  }
  return answers.promotions.find(({ to }) => to === environment)?.changes === 0
    ? {
        id,
        label,
        reason: `${environment} already has everything that is in ${from}.`,
      }
    : { id, label, href };
}

/** The environment that is promoted to this one; undefined for the first. */
export function previousEnvironment(
  environments: Pick<WorkloadEnvironment, 'environment'>[],
  environment: string,
): string | undefined {
  const index = environments.findIndex(row => row.environment === environment);
  return environments[index - 1]?.environment;
}

/** The open change request that changes the workload in an environment. */
export function requestFor(
  requests: ChangeRequestSummary[],
  { team, workload }: WorkloadTarget,
  environment: string,
): ChangeRequestSummary | undefined {
  return requests.find(
    request =>
      request.workloads.some(
        each => each.team === team && each.workload === workload,
      ) &&
      request.steps.some(
        step =>
          step.environment === environment &&
          (step.workload === undefined || step.workload === workload),
      ),
  );
}
