import {
  type CheckResult,
  namespaceName,
} from '@internal/plugin-ml-platform-common';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import { objectCheck } from './objectMessages';

export const NAMESPACES = [
  'namespaces',
  "Objects stay in the team's namespaces",
] as const;

/** Checks that every object is in the team's namespace of its environment. */
export async function checkNamespaces(
  change: Change,
  builds: EnvironmentBuild[],
): Promise<CheckResult> {
  return objectCheck(...NAMESPACES, {
    change,
    builds,
    problemsOf: (object, { environment }) => {
      const expected = namespaceName(change.team, environment);
      const { namespace } = object.metadata;
      return namespace === expected
        ? []
        : [
            `its namespace is ${
              namespace ?? 'not set'
            }, but must be ${expected}. Set \`namespace: ${expected}\` in the kustomization of the overlay.`,
          ];
    },
  });
}
