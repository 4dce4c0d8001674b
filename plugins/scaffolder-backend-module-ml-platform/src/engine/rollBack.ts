import { NotFoundError } from '@backstage/errors';
import type { GeneratedFiles } from '../workspace/ChangeRequestWorkspace';
import type { CheckoutRecord } from '../workspace/stepRecords';
import type { EnvironmentFiles } from './EnvironmentFiles';

/**
 * Generates an environment as it was at an earlier commit, files that people added or changed included. Its template is not
 * asked, so that it may be gone.
 */
export async function rollBack(
  checkout: CheckoutRecord,
  files: EnvironmentFiles,
  earlier: string,
): Promise<GeneratedFiles> {
  const [environment] = checkout.targets;
  const next = await files.read(earlier, environment);
  if (next.size === 0) {
    throw new NotFoundError(
      `${checkout.workload} was not in ${environment} at commit ${earlier.slice(
        0,
        8,
      )}. Choose another deployment.`,
    );
  }
  return { recorded: await files.read(checkout.commit, environment), next };
}
