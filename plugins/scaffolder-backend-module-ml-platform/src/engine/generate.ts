import { isDeepStrictEqual } from 'node:util';
import { ConflictError } from '@backstage/errors';
import { nextRunName } from '@internal/plugin-ml-platform-common';
import type { Answers } from '@internal/plugin-ml-platform-node';
import type { ChangeRequestTemplate } from '../changeRequestTemplate';
import type { GeneratedFiles } from '../workspace/ChangeRequestWorkspace';
import type { CheckoutRecord } from '../workspace/stepRecords';
import type { EnvironmentFiles } from './EnvironmentFiles';

export interface Request {
  checkout: CheckoutRecord;
  files: EnvironmentFiles;
  template: ChangeRequestTemplate;
  values: Record<string, unknown>;
}

/** Generates the environments of a new workload, and its first run where the template has runs. */
export async function create({
  checkout,
  files,
  template,
  values,
}: Request): Promise<GeneratedFiles> {
  const answers = await files.newAnswers(template, values);
  const [first] = checkout.targets;
  const name = nextRunName(checkout.workload, await files.runNames(first));
  return {
    recorded: new Map(),
    next: new Map([
      ...(await files.render(answers, checkout.targets)),
      ...(await files.renderRuns(first, [{ name, answers }])),
    ]),
  };
}

/** Generates an environment with other values, by the template as it was rendered last. */
export async function edit(request: Request): Promise<GeneratedFiles> {
  const recorded = await recordedAnswers(request);
  return change(request, recorded, {
    ...recorded,
    values: await request.files.declared(recorded.template, request.values),
  });
}

/** Generates an environment by the template as it is now. */
export async function upgrade(request: Request): Promise<GeneratedFiles> {
  const recorded = await recordedAnswers(request);
  return change(request, recorded, {
    ...recorded,
    ...(await request.files.newAnswers(request.template, request.values)),
  });
}

async function change(
  { checkout, files }: Request,
  recorded: Answers,
  next: Answers,
): Promise<GeneratedFiles> {
  return {
    recorded: await files.render(recorded, checkout.targets),
    next: await files.render(next, checkout.targets),
  };
}

async function recordedAnswers({
  checkout,
  files,
  template,
  values,
}: Request): Promise<Answers> {
  const { commit, targets, team, workload } = checkout;
  const [environment] = targets;
  const answers = await files.answers(commit, environment);
  const opened = values.basedOn;
  if (typeof opened === 'string' && opened !== '') {
    const earlier = await files.answers(opened, environment);
    if (!isDeepStrictEqual(earlier, answers)) {
      throw new ConflictError(
        `${workload} of ${team} changed in ${environment} since you opened this form. Nothing was changed. Open the form again, so that it has the values of now.`,
      );
    }
  }
  if (answers.template.ref !== template.ref) {
    throw new ConflictError(
      `${workload} of ${team} was made in ${environment} with ${answers.template.ref}, not with ${template.ref}. Open the form of that template.`,
    );
  }
  return answers;
}
