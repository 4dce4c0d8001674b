import {
  type KubernetesObject,
  objectViolations,
} from '@internal/platform-rules';

/** Describes what the API server would refuse of an object. @returns undefined for a kind without a schema. */
export function schemaProblems(object: KubernetesObject): string[] | undefined {
  return objectViolations(object)?.map(({ advice }) => advice);
}
