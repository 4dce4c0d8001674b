import { z } from 'zod';

// Gitea decodes bodies into Go structs: a field that is null or absent has the zero value of its type, and Go clients
// send the zero value of every field that they do not set.
// @see code.gitea.io/gitea v1.26.0 modules/structs, code.gitea.io/sdk/gitea v0.25.1

/** A `string` of a Go struct. The zero value is the empty text. */
export const goString = z.string().default('');

/** A `string` with `binding:"Required"`: the zero value is refused. */
export const goRequiredString = goString.refine(
  value => value.trim() !== '',
  'Required',
);

/** A `bool` of a Go struct. */
export const goBoolean = z.boolean().default(false);

/** A slice of a Go struct. Null and absent are equal; an empty list is neither. */
export function goSlice<Element extends z.ZodType>(element: Element) {
  return z.array(element).optional();
}

/** A Go struct. A field that may be unset (a pointer) is optional in the shape. Unknown fields are ignored. */
export function goStruct<Shape extends z.ZodRawShape>(shape: Shape) {
  return z.preprocess(withoutNulls, z.object(shape));
}

/** Removes null at any depth; Go leaves such fields as they are without the field. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(withoutNulls);
  }
  if (typeof value !== 'object' || value === null) {
    return value ?? {};
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, field]) => field !== null)
      .map(([name, field]) => [name, withoutNulls(field)]),
  );
}
