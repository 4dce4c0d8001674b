import { z } from 'zod';
import { withoutNulls } from '../yaml/withoutNulls';
import { parseStrictYaml } from '../yaml/strictYaml';
import {
  type Kustomization,
  kustomizationSchema,
  refusedFields,
} from './kustomizationSchema';

/** Text of a kustomization that is not accepted. */
export interface KustomizationViolation {
  /** Stable identifier of the rule, for example `kustomize-field`. */
  code: string;
  advice: string;
}

/** Larger kustomizations are not parsed. */
export const KUSTOMIZATION_BYTES = 128 * 1024;

/** Documented keys at any depth, by their lower-case form: Kustomize itself matches keys in any case. */
const documentedKeys = new Map(
  [...keysOf(kustomizationSchema), ...Object.keys(refusedFields)].map(key => [
    key.toLowerCase(),
    key,
  ]),
);

/**
 * Parses a kustomization, and refuses what Kustomize reads beyond its documentation or could load from elsewhere: keys
 * in another case, unknown fields at every depth, merge keys, anchors, tags, several documents.
 *
 * Kustomize converts YAML to JSON and decodes it with encoding/json, which ignores the case of keys (kustomize api
 * v0.21, `Kustomization.Unmarshal`).
 */
export function parseKustomization(
  text: string,
):
  | { kustomization: Kustomization }
  | { violations: [KustomizationViolation, ...KustomizationViolation[]] } {
  const parsed = parseStrictYaml(text, {
    maxBytes: KUSTOMIZATION_BYTES,
    aliases: false,
    documents: false,
  });
  if ('problem' in parsed) {
    const { code, line, advice } = parsed.problem;
    return { violations: [{ code, advice: `Line ${line}: ${advice}` }] };
  }
  const content = withoutNulls(parsed.values[0]);
  if (
    typeof content !== 'object' ||
    content === null ||
    Array.isArray(content)
  ) {
    return {
      violations: [
        {
          code: 'kustomize-mapping',
          advice:
            'This is not a kustomization: write a mapping with `resources`.',
        },
      ],
    };
  }
  const result = kustomizationSchema.safeParse(content);
  if (result.success) {
    return { kustomization: result.data };
  }
  const [first, ...others] = result.error.issues.flatMap(issueViolations);
  return { violations: [first, ...others] };
}

function issueViolations(issue: z.core.$ZodIssue): KustomizationViolation[] {
  const path = issue.path
    .map(String)
    .map(key => (/^\d+$/.test(key) ? `[${key}]` : `.${key}`))
    .join('')
    .replace(/^\./, '');
  if (issue.code !== 'unrecognized_keys') {
    return [{ code: 'kustomize-value', advice: `${path}: ${issue.message}.` }];
  }
  return issue.keys.map(key => unknownKey(path ? `${path}.${key}` : key, key));
}

function unknownKey(field: string, key: string): KustomizationViolation {
  const documented = documentedKeys.get(key.toLowerCase());
  if (documented !== undefined && documented !== key) {
    return {
      code: 'kustomize-key-case',
      advice: `${field}: write this key as "${documented}", in the case of the documentation.`,
    };
  }
  const topLevel = field === key;
  return {
    code: 'kustomize-field',
    advice: `${field}: ${
      (topLevel && Object.hasOwn(refusedFields, key)
        ? refusedFields[key]
        : undefined) ??
      'this field is not allowed. Remove it, or ask the platform team.'
    }`,
  };
}

function keysOf(schema: unknown): string[] {
  if (schema instanceof z.ZodOptional) {
    return keysOf(schema.unwrap());
  }
  if (schema instanceof z.ZodArray) {
    return keysOf(schema.element);
  }
  return schema instanceof z.ZodObject
    ? Object.entries(schema.shape).flatMap(([key, field]) => [
        key,
        ...keysOf(field),
      ])
    : [];
}
