import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { parsePlanFile, type PlanProblem } from '../plan/parsePlanFile';
import { FILE_BYTES, readText } from '../untrustedFiles';
import { imageKey } from './imageKey';

const imageSchema = z
  .string()
  .refine(
    text => imageKey(text) !== undefined,
    'must be an image reference, for example ghcr.io/acme/scorer:1.4.2',
  );

const exceptionSchema = z
  .strictObject({
    vulnerability: z
      .string()
      .regex(/^[A-Z][A-Za-z0-9-]+$/, 'must be an ID, for example CVE-2026-1234')
      .optional(),
    image: imageSchema.optional(),
    owner: z.string().trim().min(1, 'must name who answers for it'),
    reason: z.string().trim().min(1, 'must say why the risk is acceptable'),
    expires: z.iso.date('must be a day, for example 2026-12-31'),
  })
  .refine(
    exception =>
      (exception.vulnerability === undefined) !==
      (exception.image === undefined),
    'must name either a vulnerability or an image',
  );

/** `gitops/policies/exceptions/<team>.yaml`. */
const exceptionsSchema = z.strictObject({
  exceptions: z.array(exceptionSchema),
});

/** A vulnerability or image that a team may deploy for now, although it is blocked. */
export interface DeploymentException {
  team: string;
  /** A vulnerability, or an image by its `imageKey`. */
  subject: string;
  /** The last day, for example `2026-12-31`. */
  expires: string;
}

/** Reads the exceptions of all teams, with the problems of their files. */
export async function readExceptions(
  root: string,
  directory: string,
  teams: string[],
): Promise<{ exceptions: DeploymentException[]; problems: PlanProblem[] }> {
  const names = await readdir(path.join(root, directory)).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') {
        return [];
      }
      throw error;
    },
  );
  const exceptions: DeploymentException[] = [];
  const problems: PlanProblem[] = [];
  for (const name of names.sort()) {
    const file = `${directory}/${name}`;
    const team = name.replace(/\.yaml$/, '');
    if (!teams.includes(team) || team === name) {
      problems.push({
        path: file,
        line: 1,
        text: 'This is not the file of a team. Name it <team>.yaml.',
      });
      continue;
    }
    const text = await readText(path.join(root, file), FILE_BYTES.other);
    const read = parsePlanFile(file, text, exceptionsSchema);
    problems.push(...read.problems);
    for (const { vulnerability = '', image, expires } of read.file?.value
      .exceptions ?? []) {
      const subject = (image && imageKey(image)) ?? vulnerability;
      exceptions.push({ team, subject, expires });
    }
  }
  return { exceptions, problems };
}
