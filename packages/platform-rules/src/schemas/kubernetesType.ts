import { PodTemplate } from 'kubernetes-models/v1';
import { Job } from 'kubernetes-models/batch/v1';
import { z } from 'zod';
import type { Violation } from '../Violation';
import { withoutNulls } from '../yaml/withoutNulls';
import { decodingViolations } from './decoding';

/** Class in `kubernetes-models`, which has types and required fields. */
export type ModelClass = new (data: never) => { validate(): void };

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

/**
 * Validates an object of Kubernetes' own.
 *
 * @param model - see `KindDefinition`
 * @param isComplete - also by required fields and formats
 */
export function kubernetesViolations(
  object: object,
  { model, schema: Schema }: { model?: string; schema: ModelClass },
  isComplete: boolean,
): Violation[] {
  const decoding = model ? decodingViolations(object, model) : [];
  if (!isComplete || decoding.length > 0) {
    return decoding;
  }
  try {
    new Schema(object as never).validate();
    return [];
  } catch (error) {
    return modelErrors(error).map(
      ({ path, keyword, message }): Violation => ({
        code: `schema-${keyword.toLowerCase()}`,
        advice: `${path.length > 0 ? `${fieldPath(path)} ` : ''}${message}.`,
      }),
    );
  }
}

/** A pod template within a custom resource. */
export const podTemplate = part('V1PodTemplateSpec', 'template', template => {
  return new PodTemplate({ template } as never);
});

/** The specification of a Job within a custom resource. */
export const jobSpec = part('V1JobSpec', 'spec', spec => {
  return new Job({ spec } as never);
});

function part(
  model: string,
  field: string,
  wrap: (value: unknown) => { validate(): void },
) {
  return z.looseObject({}).superRefine((value, context) => {
    const present = Object(withoutNulls(value));
    const decoding = decodingViolations(present, model);
    for (const { advice } of decoding) {
      context.addIssue({ code: 'custom', message: advice.replace(/\.$/, '') });
    }
    if (decoding.length > 0) {
      return;
    }
    try {
      wrap(present).validate();
    } catch (error) {
      for (const { path, message } of modelErrors(error)) {
        context.addIssue({
          code: 'custom',
          path: path[0] === field ? path.slice(1) : path,
          message,
        });
      }
    }
  });
}

function modelErrors(error: unknown) {
  const parsed = validationErrorSchema.safeParse(error);
  if (!parsed.success) {
    throw error;
  }
  return parsed.data.errors.map(({ instancePath, keyword, message }) => ({
    path: instancePath.split('/').slice(1),
    keyword,
    message: message ?? 'is not valid',
  }));
}

/** Writes a path as `spec.containers[0].image`. */
export function fieldPath(path: PropertyKey[]): string {
  return path
    .map(String)
    .map(key => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
}
