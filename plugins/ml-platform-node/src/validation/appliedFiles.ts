import path from 'node:path';
import {
  kustomizeDirectoryViolations,
  MANIFEST_BYTES,
  plainDirectoryViolations,
  skippedManifestProblem,
} from '@internal/platform-rules';
import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { readText } from '../untrustedFiles';
import type { Change } from './Change';
import { type CheckMessage, checkResult } from './checkResult';
import { filesBelow } from './files';
import { locationsOf } from './locations';

export const APPLIED_FILES = [
  'applied-files',
  'Argo CD applies exactly the files that are checked',
] as const;

/** Checks that Argo CD reads the workload's directories as this check does: the same files, in the same way. */
export async function checkAppliedFiles(change: Change): Promise<CheckResult> {
  const locations = locationsOf(change);
  const messages = await Promise.all(
    change.environments.map(async ({ name }) => [
      ...(await directoryMessages(
        change,
        locations.overlay(name),
        kustomizeDirectoryViolations,
      )),
      ...(await directoryMessages(
        change,
        locations.runs(name),
        plainDirectoryViolations,
      )),
      ...(await skippedRuns(change, locations.runs(name))),
    ]),
  );
  return checkResult(...APPLIED_FILES, messages.flat());
}

async function directoryMessages(
  { root }: Change,
  directory: string,
  violationsOf: typeof plainDirectoryViolations,
): Promise<CheckMessage[]> {
  const files = await filesBelow(root, directory);
  return violationsOf(
    files.map(file => ({
      ...file,
      path: path.relative(directory, file.path),
    })),
  ).map(({ path: file, advice }) => ({
    path: `${directory}/${file}`,
    text: advice,
  }));
}

async function skippedRuns(
  { root }: Change,
  directory: string,
): Promise<CheckMessage[]> {
  const files = (await filesBelow(root, directory)).filter(
    file => file.path.endsWith('.yaml') && !file.symbolicLink,
  );
  const messages = await Promise.all(
    files.map(async file => ({
      path: file.path,
      // Larger files are problems of the build.
      text: await readText(path.join(root, file.path), MANIFEST_BYTES).then(
        skippedManifestProblem,
        () => undefined,
      ),
    })),
  );
  return messages.flatMap(({ path: file, text }) =>
    text === undefined ? [] : [{ path: file, text }],
  );
}
