import type { CheckResult } from '@internal/plugin-ml-platform-common';
import type { KubernetesObject } from '../kustomize';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import { checkResult } from './checkResult';
import { kinds } from './kinds';
import { objectMessages } from './objectMessages';
import { schemaProblems } from './objectSchema';

/** Checks that objects are valid by their schema and of a kind that teams may deploy. */
export function checkSchemas(
  change: Change,
  builds: EnvironmentBuild[],
): CheckResult {
  return checkResult(
    'schemas',
    'Objects are valid and of allowed kinds',
    objectMessages(change, builds, objectProblems),
  );
}

function objectProblems(object: KubernetesObject): string[] {
  const problems = Object.hasOwn(kinds, object.kind)
    ? schemaProblems(object)
    : undefined;
  return (
    problems ?? [
      `teams cannot deploy this kind. Allowed kinds are ${Object.keys(
        kinds,
      ).join(', ')}.`,
    ]
  );
}
