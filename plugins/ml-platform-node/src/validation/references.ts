import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { checkReferences } from '../kustomize';
import type { Change } from './Change';
import { checkResult, skippedCheck } from './checkResult';
import { directoriesIn } from './files';
import { locationsOf, referenceScope } from './locations';

export const REFERENCES = [
  'references',
  'Kustomizations only load files of the workload and of the platform',
] as const;

/** Checks that kustomizations only load files of the workload and components of the platform. */
export async function checkWorkloadReferences(
  change: Change,
): Promise<CheckResult> {
  const { directory } = locationsOf(change);
  const scope = referenceScope(change, change.root);
  const overlays = await directoriesIn(change.root, `${directory}/overlays`);
  const visits = await Promise.all(
    overlays.map(name =>
      checkReferences(`${directory}/overlays/${name}`, scope),
    ),
  );
  // Overlays share a base; report its problems once.
  const distinct = new Map(
    visits
      .flatMap(({ problems }) => problems)
      .map(problem => [`${problem.path}\0${problem.text}`, problem]),
  );
  return overlays.length === 0
    ? skippedCheck(...REFERENCES, 'The workload has no overlays.')
    : checkResult(...REFERENCES, [...distinct.values()]);
}
