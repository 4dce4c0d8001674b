import type { CheckResult } from '@internal/plugin-ml-platform-common';
import {
  checkResult,
  type WorkloadPath,
} from '@internal/plugin-ml-platform-node/validation';
import type { WorkloadNames } from './WorkloadNames';

/** Checks that no other workload has a name that the change gives to this one. */
export async function checkNames(
  workload: WorkloadPath,
  options: { names: WorkloadNames; file: string },
): Promise<CheckResult> {
  const conflicts = await options.names.conflicts(workload);
  return checkResult(
    'unique-names',
    'No other workload has its names',
    conflicts.map(({ ref, owner }) => ({
      path: options.file,
      text: `${owner.team}/${owner.workload} already has ${ref} in the catalog, which has one entity of a name for all teams. Choose another name.`,
    })),
  );
}
