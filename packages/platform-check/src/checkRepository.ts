import { availableParallelism } from 'node:os';
import { InputError } from '@backstage/errors';
import { readPolicies } from '@internal/plugin-ml-platform-node/validation';
import limit from 'p-limit';
import { affectedBy } from './affected';
import { changedFiles } from './changedFiles';
import { checkPlatformPart } from './checkPlatformPart';
import { checkWorkload } from './checkWorkload';
import { Layout } from './Layout';
import { WorkloadNames } from './names/WorkloadNames';
import { checkOwners } from './owners/checkOwners';
import { checkPlan } from './plan/checkPlan';
import type { Report } from './Report';
import { readTenants } from './tenants';

export interface CheckOptions {
  /** Absolute path of a clone of the platform repository. */
  repository: string;
  /** The directory of `gitops/` and `terraform/`; empty for the repository's root. */
  rootDirectory: string;
  /** The base commit of the change. */
  base: string;
  /** The author's team, if it is known, which may change its own workloads only. */
  team?: string;
}

/**
 * Checks the affected workloads and platform parts of a change.
 *
 * @throws InputError if the repository cannot be read, for example because the base is unknown
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
  const names = await WorkloadNames.read({
    repository,
    layout,
    base,
    changedFiles: files,
  });
  const context = {
    repository,
    layout,
    names,
    tenants,
    policies: policies ?? [],
  };
  const runLimited = limit(availableParallelism());
  const sections = await Promise.all([
    checkOwners(files, { ...context, team }),
    checkPlan(context),
    ...affected.workloads.map(workload =>
      runLimited(() => checkWorkload(workload, context)),
    ),
    ...affected.platform.map(directory =>
      runLimited(() => checkPlatformPart(directory, context)),
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
