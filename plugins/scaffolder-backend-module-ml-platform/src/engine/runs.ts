import { InputError, NotFoundError } from '@backstage/errors';
import {
  MAX_SWEEP_RUNS,
  RUN_OUTCOME_ANNOTATION,
  isOfRun,
  sweepRunName,
} from '@internal/plugin-ml-platform-common';
import type { Answers } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import type { GeneratedFiles } from '../workspace/ChangeRequestWorkspace';
import type { CheckoutRecord } from '../workspace/stepRecords';
import type { EnvironmentFiles } from './EnvironmentFiles';
import type { Request } from './generate';
import { setYaml } from './setYaml';

/** Values of one parameter, each of which makes a run. */
export interface Sweep {
  parameter: string;
  values: string[];
}

const parametersSchema = z.array(
  z.object({ name: z.string(), value: z.string() }),
);
type Parameters = z.infer<typeof parametersSchema>;

/**
 * Generates new runs by the template of the workload, as its environment was rendered last. Values that the request leaves out
 * are those of the environment.
 */
export async function run({
  checkout,
  files,
  values,
  sweep,
}: Omit<Request, 'template'> & { sweep?: Sweep }): Promise<GeneratedFiles> {
  const { commit, environment, run: name, workload } = checkout;
  if (environment === undefined || name === undefined) {
    throw new InputError('A run needs an environment and a name.');
  }
  const recorded = await files.answers(commit, environment);
  const given = await files.declared(recorded.template, values);
  const answers = { ...recorded, values: override(recorded.values, given) };
  delete answers.promotedFrom;
  const runs = sweep ? sweepRuns(name, answers, sweep) : [{ name, answers }];
  const next = await files.renderRuns(environment, runs);
  if (next.size !== runs.length) {
    throw new NotFoundError(
      `${workload} was made with ${recorded.template.ref}, which has no runs.`,
    );
  }
  return { recorded: new Map(), next };
}

/** Moves a run, or the runs of a sweep, to the archive, which nothing applies, and records that they were cancelled. */
export async function cancelRun(
  { commit, environment, run: name, workload }: CheckoutRecord,
  files: EnvironmentFiles,
): Promise<GeneratedFiles> {
  if (environment === undefined || name === undefined) {
    throw new InputError('Choose the environment and the run to cancel.');
  }
  const { archivedRuns } = files.paths(environment);
  const wanted = await files.readRuns(commit, environment);
  const recorded = new Map(
    [...wanted].filter(([path]) => isOfRun(nameOf(path), name)),
  );
  if (recorded.size === 0) {
    throw new NotFoundError(
      `${workload} has no run ${name} to cancel in ${environment}.`,
    );
  }
  const next = new Map<string, Buffer>();
  for (const [path, content] of recorded) {
    next.set(
      `${archivedRuns}/${nameOf(path)}.yaml`,
      Buffer.from(await cancelled(content.toString('utf8'), nameOf(path))),
    );
  }
  return { recorded, next };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.yaml$/, '');
}

async function cancelled(text: string, name: string): Promise<string> {
  try {
    return await setYaml(
      text,
      ['metadata', 'annotations', RUN_OUTCOME_ANNOTATION],
      'Cancelled',
    );
  } catch (error) {
    throw error instanceof InputError
      ? new InputError(
          `The outcome of ${name} cannot be recorded: ${error.message}. Move its file to runs/archive in a pull request.`,
        )
      : error;
  }
}

/** Fields that a form leaves empty are not given. Parameters are overridden one by one. */
function override(
  recorded: Answers['values'],
  given: Answers['values'],
): Answers['values'] {
  const filled = Object.fromEntries(
    Object.entries(given).filter(([, value]) => !isEmpty(value)),
  );
  const [defaults, own] = [recorded, filled].map(
    ({ parameters }) => parametersSchema.safeParse(parameters).data,
  );
  return {
    ...recorded,
    ...filled,
    ...(defaults && own && { parameters: withParameters(defaults, own) }),
  };
}

function isEmpty(value: unknown): boolean {
  return (
    value === null ||
    value === '' ||
    (Array.isArray(value) && value.length === 0)
  );
}

function withParameters(defaults: Parameters, own: Parameters): Parameters {
  const values = new Map(
    [...defaults, ...own].map(({ name, value }) => [name, value]),
  );
  return [...values].map(([name, value]) => ({ name, value }));
}

function sweepRuns(
  sweepName: string,
  answers: Answers,
  { parameter, values }: Sweep,
): Array<{ name: string; answers: Answers }> {
  const parameters =
    parametersSchema.safeParse(answers.values.parameters).data ?? [];
  if (!parameters.some(({ name }) => name === parameter)) {
    throw new InputError(
      `There is no parameter ${parameter} to vary. ${
        parameters.length > 0
          ? `Parameters are ${parameters.map(({ name }) => name).join(', ')}.`
          : 'Give the training job parameters first.'
      }`,
    );
  }
  const unique = [...new Set(values)];
  if (unique.length === 0 || unique.length > MAX_SWEEP_RUNS) {
    throw new InputError(
      `A sweep has 1 to ${MAX_SWEEP_RUNS} values; these are ${unique.length}.`,
    );
  }
  return unique.map((value, index) => ({
    name: sweepRunName(sweepName, index),
    answers: {
      ...answers,
      values: {
        ...answers.values,
        parameters: withParameters(parameters, [{ name: parameter, value }]),
      },
    },
  }));
}
