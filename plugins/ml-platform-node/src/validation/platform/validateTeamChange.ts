import {
  type CheckResult,
  type Environment,
  TENANTS_DIRECTORY,
  repositoryPath,
} from '@internal/plugin-ml-platform-common';
import { mergedChanges, removedTenants } from '../../destructive';
import { baseSummary } from '../../summary/changeSummary';
import { type BoundPolicy, readPolicies } from '../../policies';
import type { ChangeValidation } from '../Change';
import { checkResult, skippedCheck } from '../checkResult';
import { affectedPlatform } from './affectedPlatform';
import { buildPart } from './buildPart';
import { checkPlatformPart, partBuildCheck } from './checkPlatformPart';
import { Layout } from './Layout';
import { mergeChecks } from './mergeChecks';
import type { TeamChange } from './TeamChange';
import { checkTeamFiles } from './teamFiles';

/**
 * Validates a change of one team: that it is exactly what follows from its `tenant.yaml`, and each kustomization of the
 * platform that it affects, as the check of the repository does.
 */
export async function validateTeamChange(
  change: TeamChange,
): Promise<ChangeValidation> {
  const { before, changedPaths, environments, root, rootDirectory, team } =
    change;
  const files = await checkTeamFiles(change);
  if (files.some(({ status }) => status === 'failed')) {
    const why = 'Not checked until the files are those of the plan.';
    const skipped = skippedCheck('kustomize-build', 'It builds', why);
    return {
      checks: [...files, skipped],
      objects: [],
      destructive: [],
      summary: baseSummary(change),
    };
  }
  const layout = Layout.at(rootDirectory);
  const { policies, check } = await policiesOf(root, layout);
  const context = {
    repository: root,
    base: before,
    layout,
    tenants: [{ team, environments }],
    changedFiles: changedPaths,
    policies,
  };
  // What the change removes is only in the base.
  const parts = new Set([
    ...(await affectedPlatform(changedPaths, root, layout)),
    ...(await affectedPlatform(changedPaths, before, layout)),
  ]);
  const own = repositoryPath(rootDirectory, `${TENANTS_DIRECTORY}/${team}/`);
  const isOwn = (directory: string) => directory.startsWith(own);
  const [sections, others] = await Promise.all([
    Promise.all(
      [...parts]
        .filter(isOwn)
        .map(directory => checkPlatformPart(directory, context)),
    ),
    // Bootstrap directories load the same objects, and those of all other teams.
    Promise.all(
      [...parts]
        .filter(directory => !isOwn(directory))
        .map(async directory =>
          partBuildCheck(directory, await buildPart(directory, root, layout)),
        ),
    ),
  ]);
  const objects = inOrder(
    sections.flatMap(section => section.objects),
    environments,
  );
  const destructive = [
    ...(await removedTenants({ before, after: root }, rootDirectory)),
    ...mergedChanges(
      sections.flatMap(section => section.destructive),
      directory => changedPaths.some(path => path.startsWith(`${directory}/`)),
    ),
  ];
  return {
    checks: [
      ...files,
      ...check,
      ...mergeChecks([...others, ...sections.flatMap(({ checks }) => checks)]),
    ],
    objects,
    destructive,
    summary: baseSummary(change, objects, destructive),
  };
}

async function policiesOf(
  root: string,
  layout: Layout,
): Promise<{ policies: BoundPolicy[]; check: CheckResult[] }> {
  try {
    return {
      policies: (await readPolicies(root, layout.policies)) ?? [],
      check: [],
    };
  } catch (error) {
    if (!(error instanceof Error) || error.name !== 'InputError') {
      throw error;
    }
    const problem = { path: layout.policies, text: error.message };
    const title = 'The policies can be read';
    return {
      policies: [],
      check: [checkResult('policies-readable', title, [problem])],
    };
  }
}

/** By environment in order of promotion; what all environments share comes last. */
function inOrder<T extends { environment: string }>(
  objects: T[],
  environments: Environment[],
): T[] {
  const names = [...environments.map(({ name }) => name), ''];
  return names.flatMap(name =>
    objects.filter(({ environment }) => environment === name),
  );
}
