import {
  type CheckResult,
  terraformFileIsTaken,
} from '@internal/plugin-ml-platform-common';
import type { Change } from './Change';
import { type CheckMessage, checkResult } from './checkResult';
import { fileStatus, filesBelow } from './files';
import { locationsOf } from './locations';

const MAX_PATH_LENGTH = 255;
/** A path segment that every file system, every shell and Kustomize interpret in the same way. */
const PLAIN_NAME = /^[A-Za-z0-9_][A-Za-z0-9._-]*$/;

/** Checks that a change affects files of the workload only, and that their names are safe. */
export async function checkPaths(change: Change): Promise<CheckResult> {
  const messages: CheckMessage[] = [];
  for (const path of change.changedPaths) {
    const text = pathProblem(change, path) ?? (await linkProblem(change, path));
    if (text) {
      messages.push({ path, text });
    }
  }
  messages.push(...(await caseProblems(change)));
  return checkResult('paths', 'Only files of the workload change', messages);
}

function pathProblem(change: Change, path: string): string | undefined {
  const { directory, terraform } = locationsOf(change);
  const allowed =
    path.startsWith(`${directory}/`) ||
    change.environments.some(({ name }) => path === terraform(name));
  if (!allowed) {
    return `A change of ${change.team}/${change.workload} can only affect ${directory}/ and the workload's own Terraform file in each environment. Revert this file.`;
  }
  if (
    !path.startsWith(`${directory}/`) &&
    terraformFileIsTaken(change.workload)
  ) {
    return `This file belongs to the platform: a workload named ${change.workload} cannot have cloud resources. Choose another name.`;
  }
  if (path.split('/').some(name => /^\.git/i.test(name))) {
    return 'Names that start with ".git" are not allowed: Git and the forge act on them. Remove the file.';
  }
  if (!path.split('/').every(name => PLAIN_NAME.test(name))) {
    return 'Use letters, digits, ".", "_" and "-" in file names, and start with a letter, digit or "_".';
  }
  if (path.length > MAX_PATH_LENGTH) {
    return `This path has ${path.length} characters; the limit is ${MAX_PATH_LENGTH}. Use shorter names.`;
  }
  return undefined;
}

async function linkProblem(
  change: Change,
  path: string,
): Promise<string | undefined> {
  const parents = path
    .split('/')
    .map((_, index, names) => names.slice(0, index + 1).join('/'));
  for (const parent of parents) {
    if ((await fileStatus(change.root, parent))?.isSymbolicLink()) {
      return `${parent} is a symbolic link, which could lead anywhere. Replace it with a file.`;
    }
  }
  return undefined;
}

/** Finds names that differ only in case, which are one file on some file systems. */
async function caseProblems(change: Change): Promise<CheckMessage[]> {
  const files = await filesBelow(change.root, locationsOf(change).directory);
  const seen = new Map<string, string>();
  return files.flatMap(({ path }) => {
    const other = seen.get(path.toLowerCase());
    seen.set(path.toLowerCase(), path);
    return other
      ? [
          {
            path,
            text: `The name differs from ${other} only in upper and lower case. Rename one of the two.`,
          },
        ]
      : [];
  });
}
