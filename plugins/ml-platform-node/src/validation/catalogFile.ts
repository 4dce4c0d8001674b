import { realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { type CatalogFileProblem, readCatalogFile } from '../catalogFiles';
import { FILE_BYTES, type OversizedFile, readLimited } from '../untrustedFiles';
import type { Change } from './Change';
import { type CheckMessage, checkResult, skippedCheck } from './checkResult';
import { fileStatus, filesBelow } from './files';
import { locationsOf } from './locations';

export const CATALOG = [
  'catalog',
  'The portal can read catalog-info.yaml',
] as const;

/** Checks `catalog-info.yaml` with the code by which the portal's catalog reads it. Documents that it ignores are no failure. */
export async function checkCatalogFile(change: Change): Promise<CheckResult> {
  const { directory, catalogFile: file } = locationsOf(change);
  if (!(await fileStatus(change.root, file))?.isFile()) {
    return missingFile(change, file);
  }
  const { problems } = await readCatalogFile(
    await readLimited(path.join(change.root, file), FILE_BYTES.catalog),
    { team: change.team, workload: change.workload, directory },
    (placeholder, maxBytes) =>
      readPlaceholderFile(change, placeholder, maxBytes),
  );
  const messages = (ignored: boolean): CheckMessage[] =>
    problems
      .filter(problem => (problem.ignored ?? false) === ignored)
      .map(problem => ({ path: file, text: problemText(problem) }));
  const result = checkResult(...CATALOG, messages(false));
  return { ...result, messages: [...result.messages, ...messages(true)] };
}

function problemText({ line, text }: CatalogFileProblem): string {
  return line === undefined ? text : `Line ${line}: ${text}`;
}

async function missingFile(change: Change, file: string): Promise<CheckResult> {
  const { directory } = locationsOf(change);
  const overlays = await filesBelow(change.root, `${directory}/overlays`);
  return overlays.length > 0 && change.changedPaths.includes(file)
    ? checkResult(...CATALOG, [
        {
          path: file,
          text: 'The workload is still deployed, so its pages need this file. Keep it, or delete the overlays too.',
        },
      ])
    : skippedCheck(
        ...CATALOG,
        'There is no catalog-info.yaml: the portal has no page of this workload.',
      );
}

/** Reads a file that a placeholder names. A tree with the workload only says nothing about files elsewhere. */
async function readPlaceholderFile(
  change: Change,
  file: string,
  maxBytes: number,
): Promise<Buffer | OversizedFile | undefined> {
  const target = path.join(await realpath(change.root), file);
  const found = await realpath(target).catch(() => undefined);
  if (found === target && (await stat(target)).isFile()) {
    return readLimited(target, maxBytes);
  }
  const { directory } = locationsOf(change);
  return change.wholeRepository || file.startsWith(`${directory}/`)
    ? undefined
    : Buffer.from('{}');
}
