import type { Entity } from '@backstage/catalog-model';
import { textProblem as unsafeTextProblem } from '@internal/plugin-ml-platform-common';
import { ENTITY_LIMITS } from '../untrustedFiles';
import type { EntityProblem } from './catalogEntity';

/** Finds what makes an entity too large for the catalog and for pages, and text that pages cannot show as it is. */
export function entityLimitProblem(entity: Entity): EntityProblem | undefined {
  const { metadata, spec = {} } = entity;
  for (const field of ['annotations', 'labels', 'links', 'tags'] as const) {
    const count = Object.keys(metadata[field] ?? {}).length;
    if (count > ENTITY_LIMITS.items) {
      return {
        path: ['metadata', field],
        text: `metadata.${field} has ${count} items; the limit is ${ENTITY_LIMITS.items}. Remove some.`,
      };
    }
  }
  const references = Object.values(spec).reduce(
    (sum: number, value) => sum + (Array.isArray(value) ? value.length : 0),
    0,
  );
  if (references > ENTITY_LIMITS.references) {
    return {
      path: ['spec'],
      text: `spec lists ${references} items; the limit is ${ENTITY_LIMITS.references}. Remove some.`,
    };
  }
  const { definition, ...otherFields } = spec;
  return textProblem({ metadata, spec: otherFields }, []);
}

function textProblem(
  value: unknown,
  path: string[],
): EntityProblem | undefined {
  if (typeof value === 'string') {
    return stringProblem(value, path);
  }
  if (typeof value !== 'object' || value === null) {
    return undefined;
  }
  for (const [key, child] of Object.entries(value)) {
    const problem =
      stringProblem(key, path) ?? textProblem(child, [...path, key]);
    if (problem) {
      return problem;
    }
  }
  return undefined;
}

function stringProblem(
  text: string,
  path: string[],
): EntityProblem | undefined {
  const field = path.join('.') || 'The document';
  if (text.length > ENTITY_LIMITS.textLength) {
    return {
      path,
      text: `${field} has ${text.length} characters; the limit is ${ENTITY_LIMITS.textLength}. Make it shorter.`,
    };
  }
  const problem = unsafeTextProblem(text);
  return problem === undefined
    ? undefined
    : { path, text: `${field} ${problem}` };
}
