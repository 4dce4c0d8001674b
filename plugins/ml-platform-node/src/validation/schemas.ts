import { changeViolations } from '@internal/platform-rules';
import {
  type CheckResult,
  findTextProblem,
} from '@internal/plugin-ml-platform-common';
import type { KubernetesObject } from '../kustomize';
import { identityOf } from '../kustomize/objectIdentity';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import { deployableKinds } from './deployableKinds';
import { objectCheck } from './objectMessages';
import { schemaProblems } from './schemaProblems';

export const SCHEMAS = [
  'schemas',
  'Objects are valid and of allowed kinds',
] as const;

/**
 * Checks that all objects of a change are of kinds that teams may deploy, that they match the schemas of these kinds, and that
 * the API server lets the objects of the base become them.
 */
export async function checkSchemas(
  change: Change,
  builds: EnvironmentBuild[],
): Promise<CheckResult> {
  return objectCheck(...SCHEMAS, {
    change,
    builds,
    problemsOf: (object, build) => [
      ...objectProblems(object),
      ...changeProblems(object, build),
    ],
  });
}

/** Finds the problems of one object, as text to follow its kind and name. */
function objectProblems(object: KubernetesObject): string[] {
  const kinds = deployableKinds.map(({ kind }) => kind);
  // An object of an allowed kind and another group is a problem of its schema.
  const problems = kinds.includes(object.kind)
    ? schemaProblems(object)
    : undefined;
  const hidden = hiddenText(object);
  if (hidden) {
    return [...(problems ?? []), hidden];
  }
  return (
    problems ?? [
      `teams cannot deploy this kind. Allowed kinds are ${kinds.join(', ')}.`,
    ]
  );
}

/** Finds changes that the API server refuses, unless Argo CD is to delete the object and create it again. */
function changeProblems(
  object: KubernetesObject,
  { earlier }: EnvironmentBuild,
): string[] {
  const options =
    object.metadata.annotations?.['argocd.argoproj.io/sync-options'];
  const old = earlier.get(identityOf(object));
  return old && !options?.includes('Force=true')
    ? changeViolations(old, object).map(({ advice }) => advice)
    : [];
}

/** Finds characters that neither a page nor a review shows. What is in a ConfigMap is for the workload alone. */
function hiddenText(object: KubernetesObject): string | undefined {
  const { data, ...others } = object as KubernetesObject & { data?: unknown };
  const found = findTextProblem(object.kind === 'ConfigMap' ? others : object);
  return found && `${found.path.join('.')} ${found.problem}`;
}
