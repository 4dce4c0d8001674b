import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  type CheckResult,
  TENANTS_DIRECTORY,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import { readPlatformFiles } from '../../plan/readPlatformFiles';
import { tenantFilePath } from '../../plan/readTenant';
import { renderedChanges } from '../../plan/renderedChanges';
import { type CheckMessage, checkResult, skippedCheck } from '../checkResult';
import type { TeamChange } from './TeamChange';

const FILES = [
  'paths',
  'Only the team and what is rendered from it changes',
] as const;

/** Checks the plan, and that a change has the team's `tenant.yaml`, exactly what is rendered from it, and nothing else. */
export async function checkTeamFiles(
  change: TeamChange,
): Promise<CheckResult[]> {
  const { before, root, rootDirectory } = change;
  const { changes, problems } = renderedChanges(
    await readPlatformFiles(before, rootDirectory),
    await readPlatformFiles(root, rootDirectory),
  );
  const plan = checkResult(
    'plan',
    'The plan of the platform is valid',
    problems.map(({ path: file, line, text }) => ({
      path: `${file}:${line}`,
      text,
    })),
  );
  return changes
    ? [plan, checkResult(...FILES, await fileProblems(change, changes))]
    : [plan, skippedCheck(...FILES, 'The plan is not valid.')];
}

async function fileProblems(
  { changedPaths, root, rootDirectory, team }: TeamChange,
  rendered: Map<string, string | undefined>,
): Promise<CheckMessage[]> {
  const tenant = tenantFilePath(rootDirectory, team);
  const directory = repositoryPath(rootDirectory, TENANTS_DIRECTORY);
  const isRemoval = (await contentOf(root, tenant)) === undefined;
  const messages: CheckMessage[] = [];
  for (const file of changedPaths) {
    // With its team goes also what people added to its directory.
    const isOwn =
      file === tenant ||
      (isRemoval && file.startsWith(`${directory}/${team}/`));
    if (!isOwn && !rendered.has(file)) {
      messages.push({
        path: file,
        text: `A change of the team ${team} can only affect ${tenant} and what is rendered from it. Revert this file.`,
      });
    }
  }
  for (const [file, content] of rendered) {
    if ((await contentOf(root, file)) !== content) {
      messages.push({
        path: file,
        text: 'This file differs from what is rendered from the plan. Revert it to that.',
      });
    }
  }
  return messages;
}

async function contentOf(
  root: string,
  file: string,
): Promise<string | undefined> {
  return readFile(path.join(root, file), 'utf8').catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ENOTDIR') {
        return undefined;
      }
      throw error;
    },
  );
}
