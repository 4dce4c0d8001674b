import { realpath } from 'node:fs/promises';
import path from 'node:path';
import { RENDERED_LIMITS } from '../untrustedFiles';
import {
  KustomizationVisit,
  type ReferenceProblem,
  type ReferenceScope,
} from './KustomizationVisit';

/**
 * Finds references of a kustomization that leave the scope, need the network, run programs or load too much, without
 * building or fetching anything.
 *
 * @returns the problems. Without any, two directories with the same path and digest build the same.
 */
export async function checkReferences(
  directory: string,
  scope: ReferenceScope,
): Promise<{ problems: ReferenceProblem[]; digest: string }> {
  const root = await realpath(scope.root);
  const visit = new KustomizationVisit(root, scope);
  const start = path.normalize(directory);
  const bytes = await visit.visitDirectory(start);
  const limit = RENDERED_LIMITS.bytes;
  const problems =
    bytes > limit && visit.problems.length === 0
      ? [
          {
            path: start,
            text: `This loads ${bytes} bytes, with aliases replaced and with each file as often as it is loaded; the limit is ${limit}. Load less, or load it once.`,
          },
        ]
      : visit.problems;
  return { problems, digest: visit.digest() };
}
