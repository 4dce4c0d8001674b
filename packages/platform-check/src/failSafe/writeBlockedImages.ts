import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { InputError } from '@backstage/errors';
import {
  blockedImages,
  Layout,
  reportsSchema,
} from '@internal/plugin-ml-platform-node/validation';
import { readFailSafe } from './readFailSafe';

/**
 * Writes the parameter object of the policy `fail-safe` from reports of the scanner and the exceptions that have not expired.
 *
 * @param options.reports - lists of VulnerabilityReports as JSON, one of each cluster. Without any, what is blocked stays.
 * @returns true if the file has changed
 * @throws InputError if a file is not valid; nothing is written then
 */
export async function writeBlockedImages({
  repository,
  rootDirectory,
  reports,
  now = new Date(),
}: {
  repository: string;
  rootDirectory: string;
  reports: string[];
  now?: Date;
}): Promise<boolean> {
  const layout = Layout.at(rootDirectory);
  const read = await readFailSafe(repository, layout);
  if (!read) {
    throw new InputError(
      `${layout.blockedImages} does not exist in ${repository}. Copy it from the repository of the portal.`,
    );
  }
  const { text, file, exceptions, problems } = read;
  if (problems.length > 0) {
    throw new InputError(
      problems
        .map(problem => `${problem.path}:${problem.line}: ${problem.text}`)
        .join('\n'),
    );
  }
  const lists = await Promise.all(reports.map(readReports));
  const blocked =
    lists.length > 0
      ? blockedImages(lists.flat(), {
          previous: file.blocked,
          graceDays: file.graceDays,
          now,
        })
      : file.blocked;
  const today = now.toISOString().slice(0, 'yyyy-mm-dd'.length);
  const written = file.textWith(
    blocked,
    exceptions.filter(({ expires }) => expires >= today),
  );
  if (written === text) {
    return false;
  }
  await writeFile(path.join(repository, layout.blockedImages), written);
  return true;
}

async function readReports(file: string) {
  const { data, error } = reportsSchema.safeParse(
    JSON.parse(await readFile(file, 'utf8')),
  );
  if (error) {
    const [{ path: field, message }] = error.issues;
    throw new InputError(
      `${file} is not a list of VulnerabilityReports: ${field.join(
        '.',
      )}: ${message}`,
    );
  }
  return data.items;
}
