import { ConflictError, InputError } from '@backstage/errors';
import {
  isOfRun,
  isRunName,
  nextRunName,
  runNameProblem,
} from '@internal/plugin-ml-platform-common';
import type { CheckoutRecord } from '../workspace/stepRecords';

type Target = Pick<CheckoutRecord, 'environment' | 'run' | 'targets'>;

interface TargetRequest
  extends Pick<CheckoutRecord, 'environments' | 'mode' | 'workload'> {
  environment?: string;
  allEnvironments?: boolean | '';
  run?: string;
}

/**
 * Finds the environments, and the run, that a request is for. To create or remove a workload is a request for it as a whole,
 * since its page in the catalog belongs to all environments.
 *
 * @param runNames - lists the runs of the team in an environment, those on record included
 */
export async function requestTarget(
  request: TargetRequest,
  runNames: (environment: string) => Promise<string[]>,
): Promise<Target> {
  const { environments, mode, run, workload } = request;
  const names = environments.map(({ name }) => name);
  const environment = request.environment || undefined;
  if (environment !== undefined && !names.includes(environment)) {
    throw new InputError(
      `The team has no environment ${environment}. Choose one of ${names.join(
        ', ',
      )}.`,
    );
  }
  if (mode === 'create') {
    if (environment !== undefined && environment !== names[0]) {
      throw new InputError(
        `A workload starts in ${names[0]}. Promote it to ${environment} from there.`,
      );
    }
    return { targets: request.allEnvironments ? names : [names[0]] };
  }
  if (environment === undefined) {
    if (mode !== 'remove' || run) {
      throw new InputError(
        `Choose the environment to change: ${names.join(', ')}.`,
      );
    }
    return { targets: names };
  }
  const target = { targets: [environment], environment };
  if (mode === 'run') {
    const existing = await runNames(environment);
    return { ...target, run: newRunName(workload, run, existing) };
  }
  if (mode === 'remove') {
    if (run && !isRunName(run)) {
      throw new InputError(`There is no run named ${JSON.stringify(run)}.`);
    }
    // The last environment takes the workload's page in the catalog with it.
    return run ? { ...target, run } : { targets: [environment] };
  }
  return target;
}

/** @throws ConflictError for a name that a run, or a sweep, of the team has had. */
function newRunName(
  workload: string,
  requested: string | undefined,
  existing: string[],
): string {
  const next = nextRunName(workload, existing);
  const run = requested || next;
  const problem = runNameProblem(run, workload);
  if (problem) {
    throw new InputError(problem);
  }
  if (existing.some(name => isOfRun(name, run))) {
    throw new ConflictError(
      `There is a run named ${run} already. A run is frozen: choose another name, for example ${next}.`,
    );
  }
  return run;
}
