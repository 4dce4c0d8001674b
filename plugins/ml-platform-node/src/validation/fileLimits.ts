import { isUtf8 } from 'node:buffer';
import path from 'node:path';
import type { CheckResult } from '@internal/plugin-ml-platform-common';
import {
  FILE_BYTES,
  readLimited,
  TEAM_LIMITS,
  tooLargeText,
  yamlLimitProblem,
} from '../untrustedFiles';
import type { Change } from './Change';
import { type CheckMessage, checkResult } from './checkResult';
import { directoriesIn, fileStatus, filesBelow } from './files';
import { locationsOf } from './locations';

const ID = 'file-limits';
const TITLE = 'The portal can read every file';
/** Limit of one workload. */
const MAX_FILES = 1_000;
/** Files that something reads as text. Others are data of ConfigMaps. */
const IS_TEXT = /\.(json|tf|ya?ml)$|\/Kustomization$/;

/**
 * Checks the size of a workload's files, and the structure of those that the checks after it parse, before any of them reads
 * one. The portal has the same limits for what was merged without the check.
 */
export async function checkFileLimits(change: Change): Promise<CheckResult> {
  const messages = await limitMessages(change, change.root);
  return checkResult(ID, TITLE, [...messages, ...(await teamMessages(change))]);
}

/** Checks if the checks can read the workload as it was before the change. */
export async function isWithinLimits(
  change: Change,
  root: string,
): Promise<boolean> {
  return (await limitMessages(change, root)).length === 0;
}

async function limitMessages(
  change: Change,
  root: string,
): Promise<CheckMessage[]> {
  const { answers, catalogFile, directory, terraform } = locationsOf(change);
  const files = await filesBelow(root, directory);
  if (files.length > MAX_FILES) {
    return [
      {
        path: directory,
        text: `The workload has ${files.length} files; the limit is ${MAX_FILES}. Remove some.`,
      },
    ];
  }
  const answersFiles = change.environments.map(({ name }) => answers(name));
  const limits: Record<string, number> = {
    ...Object.fromEntries(answersFiles.map(file => [file, FILE_BYTES.answers])),
    [catalogFile]: FILE_BYTES.catalog,
  };
  const messages: CheckMessage[] = [];
  const add = async (file: string, maxBytes: number, isParsed: boolean) => {
    const status = await fileStatus(root, file);
    if (status?.isFile()) {
      const text = await fileProblem(path.join(root, file), maxBytes, isParsed);
      messages.push(...(text ? [{ path: file, text }] : []));
    }
  };
  for (const { path: file } of files) {
    await add(
      file,
      limits[file] ?? FILE_BYTES.other,
      answersFiles.includes(file) || file.startsWith(`${directory}/runs/`),
    );
  }
  for (const { name } of change.environments) {
    await add(terraform(name), FILE_BYTES.terraform, false);
  }
  return messages;
}

async function fileProblem(
  file: string,
  maxBytes: number,
  isParsed: boolean,
): Promise<string | undefined> {
  const content = await readLimited(file, maxBytes);
  if (!Buffer.isBuffer(content)) {
    return `The file ${tooLargeText(content, maxBytes)}. Make it smaller.`;
  }
  if (IS_TEXT.test(file) && !isUtf8(content)) {
    return 'This is not UTF-8 text. Save it as UTF-8.';
  }
  const problem =
    isParsed && (await yamlLimitProblem(content.toString('utf8')));
  return problem ? `Line ${problem.line}: ${problem.text}` : undefined;
}

/** Counts what the team has when the change adds to it: the portal shows no more of one team, and lists all files of others with them. */
async function teamMessages(change: Change): Promise<CheckMessage[]> {
  const { directory, catalogFile } = locationsOf(change);
  const team = path.posix.dirname(directory);
  if (!change.wholeRepository || change.changedPaths.length === 0) {
    return [];
  }
  const workloads = await directoriesIn(change.root, team);
  const files = await filesBelow(change.root, team);
  const texts = [
    ...(workloads.length > TEAM_LIMITS.workloads &&
    change.changedPaths.includes(catalogFile)
      ? [
          `${change.team} has ${workloads.length} workloads; the portal shows ${TEAM_LIMITS.workloads} of one team. Remove some.`,
        ]
      : []),
    ...(files.length > TEAM_LIMITS.files
      ? [
          `${change.team} has ${files.length} files; the limit of one team is ${TEAM_LIMITS.files}. Remove some.`,
        ]
      : []),
  ];
  return texts.map(text => ({ path: team, text }));
}
