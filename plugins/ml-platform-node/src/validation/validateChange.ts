import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { checkAnswers } from './answers';
import { checkAppliedFiles } from './appliedFiles';
import { buildWorkload } from './builds';
import { checkCatalogFile } from './catalogFile';
import type { Change, ChangeValidation } from './Change';
import { checkDashboards } from './dashboards';
import { checkFileLimits, isWithinLimits } from './fileLimits';
import { checkModelLocation } from './modelLocation';
import { checkNamespaces } from './namespaces';
import { checkPaths } from './paths';
import { checkPolicies } from './policies';
import { checkWorkloadReferences } from './references';
import { renderedObjects } from './renderedObjects';
import { checkSchemas } from './schemas';
import { checkTerraform } from './terraform/checkTerraform';

/**
 * Validates a change of one workload. Problems of the change are part of the result, described to its author.
 *
 * @throws ServiceUnavailableError when the validation cannot run, for example without kubectl.
 */
export async function validateChange(
  requested: Change,
  options: { signal?: AbortSignal } = {},
): Promise<ChangeValidation> {
  const limits = await checkFileLimits(requested);
  if (limits.status === 'failed') {
    // The other checks would read what is too large.
    return { checks: [limits, await checkPaths(requested)], objects: [] };
  }
  const change = await withReadableBase(requested);
  const before: CheckResult[] = [
    limits,
    await checkPaths(change),
    await checkWorkloadReferences(change),
  ];
  const independent = [
    await checkAppliedFiles(change),
    await checkTerraform(change),
    await checkAnswers(change),
    ...(await checkModelLocation(change)),
    await checkCatalogFile(change),
  ];
  if (before.some(check => check.status === 'failed')) {
    // Builds follow paths and references, so these must be valid.
    return { checks: [...before, ...independent], objects: [] };
  }
  const { check, builds } = await buildWorkload(change, options);
  return {
    checks: [
      ...before,
      check,
      checkSchemas(change, builds),
      checkNamespaces(change, builds),
      checkDashboards(change, builds),
      ...(await checkPolicies(change, builds)),
      ...independent,
    ],
    objects: change.before === undefined ? [] : renderedObjects(builds),
  };
}

/** Drops a base that is too large to read: then all objects count as new. */
async function withReadableBase(change: Change): Promise<Change> {
  return change.before === undefined ||
    (await isWithinLimits(change, change.before))
    ? change
    : { ...change, before: undefined };
}
