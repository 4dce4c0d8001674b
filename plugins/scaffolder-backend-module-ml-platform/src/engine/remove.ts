import { NotFoundError } from '@backstage/errors';
import type { GeneratedFiles } from '../workspace/ChangeRequestWorkspace';
import type { CheckoutRecord } from '../workspace/stepRecords';
import type { EnvironmentFiles } from './EnvironmentFiles';

/** Finds the files to delete: those of the request's environment, or everything when nothing else would be left to deploy. */
export async function remove(
  { commit, environment, workload }: CheckoutRecord,
  files: EnvironmentFiles,
): Promise<GeneratedFiles> {
  const all = await files.readAll(commit);
  if (environment === undefined) {
    return { recorded: all, next: new Map() };
  }
  const own = await files.read(commit, environment);
  if (own.size === 0) {
    throw new NotFoundError(
      `${workload} is not in ${environment}: there is nothing to remove.`,
    );
  }
  const isDeployedElsewhere = [...all.keys()].some(
    path => /\/(overlays|runs)\//.test(path) && !own.has(path),
  );
  return { recorded: isDeployedElsewhere ? own : all, next: new Map() };
}
