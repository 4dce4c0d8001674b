import { z } from 'zod';
import type { KubernetesObject } from '../kustomize';
import { type KindDefinition, deployableKinds } from './kinds';
import { platformKinds } from './platformKinds';
import { ruleProblems } from './rules/kindRules';
import { unknownFields } from './unknownFields';

/** Validates an object by the schema of its kind. @returns problems; undefined for a kind without a schema. */
export function schemaProblems(object: KubernetesObject): string[] | undefined {
  const definition = definitionOf(object.kind);
  if (!definition) {
    return undefined;
  }
  if (definition.apiVersion !== object.apiVersion) {
    return [
      `apiVersion is ${object.apiVersion}, but must be ${definition.apiVersion}.`,
    ];
  }
  const problems =
    'customSchema' in definition
      ? customProblems(object, definition.customSchema)
      : kubernetesProblems(object, definition);
  // Rules about values expect fields of the right types.
  return problems.length > 0 ? problems : ruleProblems(object);
}

function definitionOf(kind: string): KindDefinition | undefined {
  const definitions = [deployableKinds, platformKinds].find(list =>
    Object.hasOwn(list, kind),
  );
  return definitions?.[kind];
}

function customProblems(object: KubernetesObject, schema: z.ZodType): string[] {
  const parsed = schema.safeParse(object);
  return parsed.success
    ? []
    : parsed.error.issues.map(issue =>
        issue.path.length > 0
          ? `${fieldPath(issue.path)}: ${issue.message}.`
          : `${issue.message}.`,
      );
}

function kubernetesProblems(
  object: KubernetesObject,
  { model, schema: Schema }: Extract<KindDefinition, { schema: unknown }>,
): string[] {
  const unknown = (model ? unknownFields(object, model, '') : []).map(
    path =>
      `${path} is not a field of this kind. Check its spelling and position.`,
  );
  try {
    new Schema(object as never).validate();
    return unknown;
  } catch (error) {
    return [...unknown, ...validationMessages(error)];
  }
}

/** Error of the JSON Schema validation in `kubernetes-models`. */
const validationErrorSchema = z.object({
  errors: z.array(
    z.object({ instancePath: z.string(), message: z.string().optional() }),
  ),
});

function validationMessages(error: unknown): string[] {
  const parsed = validationErrorSchema.safeParse(error);
  if (!parsed.success) {
    throw error;
  }
  return parsed.data.errors.map(({ instancePath, message }) => {
    const path = fieldPath(instancePath.split('/').slice(1));
    return `${path ? `${path} ` : ''}${message ?? 'is not valid'}.`;
  });
}

function fieldPath(path: PropertyKey[]): string {
  return path
    .map(String)
    .map(key => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}
