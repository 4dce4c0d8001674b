import { readFile } from 'node:fs/promises';
import path from 'node:path';
import {
  checkResult,
  skippedCheck,
} from '@internal/plugin-ml-platform-node/validation';
import type { Layout } from '../Layout';
import type { Section } from '../Report';
import type { Tenant } from '../tenants';
import { installedFiles } from './installedFiles';

const ID = 'installed';
const TITLE = 'CODEOWNERS and workflows are as tenants/ and ci/ say';
const REMEDY = 'Run platform-check --write, and commit what it writes.';

/** Checks that generated files at the repository's root match their sources. */
export async function checkInstalled(context: {
  repository: string;
  layout: Layout;
  tenants: Tenant[];
}): Promise<Section> {
  const expected = await installedFiles(context);
  const found = await Promise.all(
    [...expected].map(async ([file, content]) => ({
      file,
      content,
      actual: await readFile(path.join(context.repository, file), 'utf8').catch(
        () => undefined,
      ),
    })),
  );
  const title = 'The repository';
  if (found.length === 0) {
    return { title, checks: [] };
  }
  if (found.every(({ actual }) => actual === undefined)) {
    const why = `Neither is installed in this repository. ${REMEDY}`;
    return { title, checks: [skippedCheck(ID, TITLE, why)] };
  }
  const messages = found
    .filter(({ content, actual }) => content !== actual)
    .map(({ file, actual }) => ({
      path: file,
      text: `${
        actual === undefined ? 'This file is missing.' : 'This file differs.'
      } ${REMEDY}`,
    }));
  return { title, checks: [checkResult(ID, TITLE, messages)] };
}
