import type { Entity } from '@backstage/catalog-model';
import { ENTITY_LIMITS } from '../untrustedFiles';
import type { EntityProblem } from './catalogEntity';

/**
 * Characters that reorder the text after them, so that a page shows something else than the file says, and control characters.
 *
 * @see Unicode Standard Annex #9, explicit directional embeddings, overrides and isolates
 */
const UNSAFE_CHARACTER =
  // eslint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069]/;

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
  const [unsafe] = UNSAFE_CHARACTER.exec(text) ?? [];
  return unsafe === undefined
    ? undefined
    : {
        path,
        text: `${field} contains the character U+${unsafe
          .charCodeAt(0)
          .toString(16)
          .toUpperCase()
          .padStart(
            4,
            '0',
          )}, which is invisible or changes the direction of the text. Remove it.`,
      };
}
