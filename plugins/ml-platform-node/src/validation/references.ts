import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { checkReferences } from '../kustomize';
import type { Change } from './Change';
import { checkResult } from './checkResult';
import { directoriesIn } from './files';
import { locationsOf, referenceScope } from './locations';

/** Kustomizations load files of the workload and components of the platform, and nothing else. */
export async function checkWorkloadReferences(
  change: Change,
): Promise<CheckResult> {
  const { directory } = locationsOf(change);
  const scope = referenceScope(change, change.root);
  const overlays = await directoriesIn(change.root, `${directory}/overlays`);
  const problems = await Promise.all(
    overlays.map(name =>
      checkReferences(`${directory}/overlays/${name}`, scope),
    ),
  );
  // Overlays share a base: one message for it is enough.
  const distinct = new Map(
    problems
      .flat()
      .map(problem => [`${problem.path}\0${problem.text}`, problem]),
  );
  return checkResult(
    'references',
    'Kustomizations load files of the workload and of the platform only',
    [...distinct.values()],
  );
}
