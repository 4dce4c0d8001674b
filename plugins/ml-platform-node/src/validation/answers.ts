import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Change } from './Change';
import { checkResult, skippedCheck } from './checkResult';
import { fileStatus } from './files';
import { locationsOf } from './locations';

export const ANSWERS = [
  'answers',
  'The answers file of the workload is valid',
] as const;

const answersSchema = z.object({
  template: z.object({
    ref: z
      .string()
      .regex(/^template:/, 'must be the entity reference of a template'),
    path: z.string(),
    commit: z.string().min(1),
  }),
  values: z.record(z.string(), z.unknown()),
});

/** Checks `ml-platform.yaml`, the answers file that the portal needs to edit and upgrade the workload. */
export async function checkAnswers(change: Change): Promise<CheckResult> {
  const file = locationsOf(change).answers;
  if (!(await fileStatus(change.root, file))?.isFile()) {
    return skippedCheck(
      ...ANSWERS,
      'There is no ml-platform.yaml: the portal shows this workload, but cannot edit or upgrade it.',
    );
  }
  const text = await readFile(path.join(change.root, file), 'utf8');
  return checkResult(
    ...ANSWERS,
    answersProblems(change, text).map(problem => ({
      path: file,
      text: `${problem} Edit the workload in the portal instead of this file.`,
    })),
  );
}

function answersProblems(change: Change, text: string): string[] {
  let content: unknown;
  try {
    content = parse(text);
  } catch {
    return ['This is not valid YAML.'];
  }
  const parsed = answersSchema.safeParse(content);
  if (!parsed.success) {
    return parsed.error.issues.map(
      issue => `${issue.path.join('.')}: ${issue.message}.`,
    );
  }
  const { values } = parsed.data;
  const expected = { team: change.team, name: change.workload };
  return Object.entries(expected)
    .filter(([key, value]) => key in values && values[key] !== value)
    .map(([key, value]) => `values.${key} must be ${value}.`);
}
