import { NotFoundError } from '@backstage/errors';
import type { GeneratedFiles } from '../workspace/ChangeRequestWorkspace';
import type { CheckoutRecord } from '../workspace/stepRecords';
import type { EnvironmentFiles } from './EnvironmentFiles';
import { isInEnvironment } from './environmentPaths';

/** Finds the files to delete: those of the request's environments, or everything when nothing else would be left to deploy. */
export async function remove(
  { commit, environments, targets, workload }: CheckoutRecord,
  files: EnvironmentFiles,
): Promise<GeneratedFiles> {
  const all = await files.readAll(commit);
  const isIn = (names: string[]) => (path: string) =>
    names.some(name => isInEnvironment(files.paths(name), path));
  const paths = [...all.keys()];
  const own = paths.filter(isIn(targets));
  if (own.length === 0) {
    throw new NotFoundError(
      `${workload} is not in ${targets.join(
        ', ',
      )}: there is nothing to remove.`,
    );
  }
  const others = environments
    .map(({ name }) => name)
    .filter(name => !targets.includes(name));
  const removed = paths.some(isIn(others)) ? own : paths;
  return {
    recorded: new Map([...all].filter(([path]) => removed.includes(path))),
    next: new Map(),
  };
}
