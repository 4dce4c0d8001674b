import { availableParallelism } from 'node:os';
import { InputError } from '@backstage/errors';
import { readPolicies } from '@internal/plugin-ml-platform-node/validation';
import limit from 'p-limit';
import { affectedBy } from './affected';
import { changedFiles } from './changedFiles';
import { checkPlatformPart } from './checkPlatformPart';
import { checkWorkload } from './checkWorkload';
import { Layout } from './Layout';
import { checkOwners } from './owners/checkOwners';
import { checkInstalled } from './installed/checkInstalled';
import type { Report } from './Report';
import { readTenants } from './tenants';

export interface CheckOptions {
  /** Absolute path of a clone of the platform repository. */
  repository: string;
  /** Where `gitops/` and `terraform/` are in it; empty for its root. */
  rootDirectory: string;
  /** The commit that the change starts from. */
  base: string;
  /** The team of whoever made the change, where that is known: it can change its own workloads only. */
  team?: string;
}

/**
 * Checks everything that a change touches, and nothing else.
 *
 * @throws InputError when the repository cannot be read at all, for example because the base is unknown.
 */
export async function checkRepository(options: CheckOptions): Promise<Report> {
  const { repository, base, team } = options;
  const layout = Layout.at(options.rootDirectory);
  const [files, tenants, policies] = await Promise.all([
    changedFiles(repository, base),
    readTenants(repository, layout),
    readPolicies(repository, layout.policies),
  ]);
  if (tenants.length === 0) {
    throw new InputError(
      `There are no teams in ${layout.tenants}. Is ${repository} the platform repository? --root says where in it gitops/ and terraform/ are.`,
    );
  }
  const affected = await affectedBy(files, repository, layout);
  const context = { repository, layout, tenants, policies: policies ?? [] };
  const atOnce = limit(availableParallelism());
  const sections = await Promise.all([
    checkOwners(files, { ...context, team }),
    checkInstalled(context),
    ...affected.workloads.map(workload =>
      atOnce(() => checkWorkload(workload, context)),
    ),
    ...affected.platform.map(directory =>
      atOnce(() => checkPlatformPart(directory, context)),
    ),
  ]);
  return {
    changedFiles: files,
    owners: [
      ...new Set(files.map(file => layout.teamOf(file) ?? 'platform')),
    ].sort(),
    affected: affected.workloads.length + affected.platform.length,
    sections: sections.filter(({ checks }) => checks.length > 0),
  };
}
