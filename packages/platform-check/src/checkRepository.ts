import { availableParallelism } from 'node:os';
import { InputError } from '@backstage/errors';
import type { CheckResult } from '@internal/plugin-ml-platform-common';
import {
  type BoundPolicy,
  type CheckMessage,
  Layout,
  affectedPlatform,
  checkPlatformPart,
  checkResult,
  mergedChanges,
  platformFiles,
  readPolicies,
  removedTenants,
} from '@internal/plugin-ml-platform-node/validation';
import limit from 'p-limit';
import { type Affected, affectedBy } from './affected';
import { BaseTree } from './BaseTree';
import { changedFiles, mergeBase } from './changedFiles';
import { checkWorkload } from './checkWorkload';
import { WorkloadNames } from './names/WorkloadNames';
import { checkOwners } from './owners/checkOwners';
import { checkPlan } from './plan/checkPlan';
import { checkExceptions } from './failSafe/checkExceptions';
import type { Report, Section } from './Report';
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
  const forkPoint = await mergeBase(repository, base);
  const [files, { tenants, check }, policies] = await Promise.all([
    changedFiles(repository, forkPoint),
    readTenants(repository, layout),
    readPoliciesOrReport(repository, layout),
  ]);
  if (tenants.length === 0) {
    throw new InputError(
      `There are no teams in ${layout.tenants}. Is ${repository} the platform repository? --root says where in it gitops/ and terraform/ are.`,
    );
  }
  const names = await WorkloadNames.read({
    repository,
    layout,
    base,
    forkPoint,
    changedFiles: files,
  });
  const affected = await affectedBy(files, repository, layout);
  const tree = await BaseTree.checkout(
    repository,
    forkPoint,
    isCompared(affected, files, layout),
  );
  try {
    // What the change removes is only in the base.
    const platform = new Set([
      ...affected.platform,
      ...(await affectedPlatform(files, tree.directory, layout)),
    ]);
    const context = {
      repository,
      base: tree.directory,
      layout,
      names,
      tenants,
      policies: policies.policies,
      changedFiles: files,
    };
    const runLimited = limit(availableParallelism());
    const [general, workloads, parts] = await Promise.all([
      Promise.all([
        checkOwners(files, { ...context, team }),
        { title: layout.tenants, checks: failedOnly(check) },
        { title: layout.policies, checks: failedOnly(policies.check) },
        checkPlan(context),
        checkExceptions(context),
      ]),
      Promise.all(
        affected.workloads.map(workload =>
          runLimited(() =>
            checkOrReport(`${workload.team}/${workload.workload}`, () =>
              checkWorkload(workload, context),
            ),
          ),
        ),
      ),
      Promise.all(
        [...platform].map(directory =>
          runLimited(() =>
            checkOrReport(directory, () =>
              checkPlatformPart(directory, context),
            ),
          ),
        ),
      ),
    ]);
    return {
      changedFiles: files,
      owners: [
        ...new Set(files.map(file => layout.teamOf(file) ?? 'platform')),
      ].sort(),
      affected: affected.workloads.length + platform.size,
      sections: [...general, ...workloads, ...parts].filter(
        ({ checks }) => checks.length > 0,
      ),
      destructive: [
        ...workloads.flatMap(({ destructive = [] }) => destructive),
        ...(await removedTenants(
          { before: tree.directory, after: repository },
          layout.rootDirectory,
        )),
        ...mergedChanges(
          parts.flatMap(({ destructive = [] }) => destructive),
          directory => files.some(file => file.startsWith(`${directory}/`)),
        ),
      ],
    };
  } finally {
    await tree.delete();
  }
}

/** Selects the files of the base that the affected parts are compared with. */
function isCompared(
  { workloads }: Affected,
  changed: string[],
  layout: Layout,
): (file: string) => boolean {
  const names = new Set(
    workloads.map(({ team, workload }) => `${team}/${workload}`),
  );
  const hasParts = platformFiles(changed, layout).length > 0;
  return file => {
    const name = layout.workloadOf(file);
    return name
      ? names.has(`${name.team}/${name.workload}`)
      : file.startsWith(`${layout.components}/`) ||
          (hasParts && platformFiles([file], layout).length > 0);
  };
}

function failedOnly(check: CheckResult): CheckResult[] {
  return check.status === 'failed' ? [check] : [];
}

/** Reads the policies. Without those that cannot be read, other parts are still checked. */
async function readPoliciesOrReport(
  repository: string,
  layout: Layout,
): Promise<{ policies: BoundPolicy[]; check: CheckResult }> {
  const result = (messages: CheckMessage[]) =>
    checkResult('policies', 'The policies can be read', messages);
  try {
    const policies = await readPolicies(repository, layout.policies);
    return { policies: policies ?? [], check: result([]) };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InputError') {
      throw error;
    }
    const text = `No policy was evaluated: ${error.message}`;
    return { policies: [], check: result([{ path: layout.policies, text }]) };
  }
}

/**
 * Checks one part of the repository. What cannot be read, for example for want of permissions, must not end the check of
 * everything else.
 *
 * @throws ServiceUnavailableError if nothing can be checked, for example without kubectl
 */
async function checkOrReport(
  title: string,
  check: () => Promise<Section>,
): Promise<Section> {
  try {
    return await check();
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'ServiceUnavailableError') {
      throw error;
    }
    const text = `The check of this failed: ${error.message}. Repair it, or ask the platform team.`;
    return {
      title,
      checks: [checkResult('readable', 'It can be checked', [{ text }])],
    };
  }
}
