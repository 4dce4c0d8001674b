import type { z } from 'zod';
import type { KubernetesObject } from '../objects/parseObjects';
import type { Violation } from '../Violation';
import { withoutNulls } from '../yaml/withoutNulls';
import { type KindDefinition, workloadKinds } from './kinds';
import { fieldPath, kubernetesViolations } from './kubernetesType';
import { platformKinds } from './platformKinds';

/**
 * Validates an object by the schema of its kind.
 *
 * @param isComplete - also by required fields and formats, which rules know better where there are any
 * @returns undefined for a kind without a schema.
 */
export function schemaViolations(
  object: KubernetesObject,
  isComplete: boolean,
): Violation[] | undefined {
  const definition = definitionOf(object.kind);
  if (!definition) {
    return undefined;
  }
  if (definition.apiVersion !== object.apiVersion) {
    return [
      {
        code: 'api-version',
        advice: `apiVersion is ${object.apiVersion}, but must be ${definition.apiVersion}.`,
      },
    ];
  }
  return 'customSchema' in definition
    ? customViolations(object, definition.customSchema)
    : kubernetesViolations(object, definition, isComplete);
}

function definitionOf(kind: string): KindDefinition | undefined {
  const definitions = [workloadKinds, platformKinds].find(list =>
    Object.hasOwn(list, kind),
  );
  return definitions?.[kind];
}

function customViolations(
  object: KubernetesObject,
  schema: z.ZodType,
): Violation[] {
  const parsed = schema.safeParse(withoutNulls(object));
  return parsed.success
    ? []
    : parsed.error.issues.map(issue => ({
        code: `schema-${issue.code}`,
        advice:
          issue.path.length > 0
            ? `${fieldPath(issue.path)}: ${issue.message}.`
            : `${issue.message}.`,
      }));
}
