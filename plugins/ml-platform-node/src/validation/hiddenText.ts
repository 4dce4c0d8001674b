import path from 'node:path';
import {
  type CheckResult,
  textProblem,
} from '@internal/plugin-ml-platform-common';
import { FILE_BYTES, readLimited } from '../untrustedFiles';
import type { Change } from './Change';
import { type CheckMessage, checkResult } from './checkResult';
import { fileStatus, filesBelow } from './files';
import { locationsOf } from './locations';

export const HIDDEN_TEXT = [
  'hidden-text',
  'Files show all of their text',
] as const;

/** Files that programs read; others may be binary. */
const CODE =
  /(\.(bash|conf|env|graphql|ini|jsonl?|jsonnet|[cm]?jsx?|lua|promql|properties|proto|py|r|sh|sql|tf|toml|[cm]?tsx?|xml|ya?ml)|\/Kustomization)$/i;

/** Checks that the files of a workload have no characters that their reviewers do not see. */
export async function checkHiddenText(change: Change): Promise<CheckResult> {
  const { directory, terraform } = locationsOf(change);
  const below = await filesBelow(change.root, directory);
  const files = [
    ...below.map(file => file.path).filter(file => CODE.test(file)),
    ...change.environments.map(({ name }) => terraform(name)),
  ];
  const messages: CheckMessage[] = [];
  for (const file of files) {
    const text = (await fileStatus(change.root, file))?.isFile()
      ? await hiddenTextProblem(path.join(change.root, file))
      : undefined;
    messages.push(...(text ? [{ path: file, text }] : []));
  }
  return checkResult(...HIDDEN_TEXT, messages);
}

async function hiddenTextProblem(file: string): Promise<string | undefined> {
  const content = await readLimited(file, FILE_BYTES.other);
  // The check of sizes names a file that is too large.
  const text = Buffer.isBuffer(content) ? content.toString('utf8') : '';
  if (textProblem(text) === undefined) {
    return undefined;
  }
  const lines = text.split('\n').map(line => textProblem(`${line}\n`));
  const index = lines.findIndex(problem => problem !== undefined);
  return `Line ${index + 1} ${lines[index]}`;
}
