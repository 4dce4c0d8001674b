import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { ANSWERS_FILE, readAnswers } from '../answers';
import type { Change } from './Change';
import { type CheckMessage, checkResult, skippedCheck } from './checkResult';
import { fileStatus } from './files';
import { locationsOf } from './locations';

export const ANSWERS = [
  'answers',
  'The answers files of the workload are valid',
] as const;

/** Checks the answers file of each environment, which the portal needs to edit, promote and upgrade it. */
export async function checkAnswers(change: Change): Promise<CheckResult> {
  const messages: CheckMessage[] = [];
  let found = false;
  for (const { name } of change.environments) {
    const file = locationsOf(change).answers(name);
    if ((await fileStatus(change.root, file))?.isFile()) {
      found = true;
      const text = await readFile(path.join(change.root, file), 'utf8');
      messages.push(
        ...(await answersProblems(change, text)).map(problem => ({
          path: file,
          text: `${problem} Edit the workload in the portal instead of this file.`,
        })),
      );
    }
  }
  return found
    ? checkResult(...ANSWERS, messages)
    : skippedCheck(
        ...ANSWERS,
        `No environment has a file ${ANSWERS_FILE}: the portal shows this workload, but cannot edit or upgrade it.`,
      );
}

async function answersProblems(
  change: Change,
  text: string,
): Promise<string[]> {
  const read = await readAnswers(text);
  if ('problems' in read) {
    return read.problems;
  }
  const { values } = read.answers;
  const expected = { team: change.team, name: change.workload };
  return Object.entries(expected)
    .filter(([key, value]) => key in values && values[key] !== value)
    .map(([key, value]) => `values.${key} must be ${value}.`);
}
