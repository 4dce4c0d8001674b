import { z } from 'zod';
import type { KubernetesObject } from '../objects/parseObjects';
import type { Violation } from '../Violation';
import { type KindDefinition, workloadKinds } from './kinds';
import { platformKinds } from './platformKinds';
import { unknownFields } from './unknownFields';

/** Validates an object by the schema of its kind. @returns undefined for a kind without a schema. */
export function schemaViolations(
  object: KubernetesObject,
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
    : kubernetesViolations(object, definition);
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
  const parsed = schema.safeParse(object);
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

function kubernetesViolations(
  object: KubernetesObject,
  { model, schema: Schema }: Extract<KindDefinition, { schema: unknown }>,
): Violation[] {
  const unknown = (model ? unknownFields(object, model, '') : []).map(
    (path): Violation => ({
      code: 'unknown-field',
      advice: `${path} is not a field of this kind. Check its spelling and position.`,
      server: { phase: 'decoding', text: `unknown field "${path}"` },
    }),
  );
  try {
    new Schema(object as never).validate();
    return unknown;
  } catch (error) {
    return [...unknown, ...modelViolations(error)];
  }
}

/** Error of the JSON Schema validation in `kubernetes-models`. */
const validationErrorSchema = z.object({
  errors: z.array(
    z.object({
      instancePath: z.string(),
      keyword: z.string().default('other'),
      message: z.string().optional(),
    }),
  ),
});

function modelViolations(error: unknown): Violation[] {
  const parsed = validationErrorSchema.safeParse(error);
  if (!parsed.success) {
    throw error;
  }
  return parsed.data.errors.map(({ instancePath, keyword, message }) => {
    const path = fieldPath(instancePath.split('/').slice(1));
    return {
      code: `schema-${keyword}`,
      advice: `${path ? `${path} ` : ''}${message ?? 'is not valid'}.`,
    };
  });
}

function fieldPath(path: PropertyKey[]): string {
  return path
    .map(String)
    .map(key => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}
