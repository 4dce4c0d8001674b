import { VALUE_LIMITS } from './limits';

const TOO_LARGE =
  'This document is too large with its aliases replaced. Make it smaller.';

/**
 * Finds what keeps a value from being stored in the catalog: depth and size with aliases expanded, a key that changes
 * what an object is, and NUL, which PostgreSQL refuses. @returns the problem, as a sentence.
 */
export function treeProblem(root: unknown): string | undefined {
  const { depth: maxDepth, values: maxValues, characters: max } = VALUE_LIMITS;
  const stack = [{ value: root, depth: 0 }];
  let values = 0;
  let characters = 0;
  for (let item = stack.pop(); item; item = stack.pop()) {
    const { value, depth } = item;
    values += 1;
    if (typeof value === 'string') {
      if (value.includes('\0')) {
        return 'Values cannot contain the character NUL ("\\0"). Remove it.';
      }
      characters += value.length;
    } else if (typeof value === 'object' && value !== null) {
      if (Object.hasOwn(value, '__proto__')) {
        return 'The key "__proto__" is not allowed. Remove it.';
      }
      const keys = Array.isArray(value) ? [] : Object.keys(value);
      const children: unknown[] = Array.isArray(value)
        ? value
        : Object.values(value);
      characters += keys.reduce((sum, key) => sum + key.length, 0);
      if (children.length > maxValues) {
        return TOO_LARGE;
      }
      for (const child of children) {
        stack.push({ value: child, depth: depth + 1 });
      }
    }
    if (depth > maxDepth) {
      return `This is nested more than ${maxDepth} levels deep. Make it flatter.`;
    }
    if (values > maxValues || stack.length > maxValues || characters > max) {
      return TOO_LARGE;
    }
  }
  return undefined;
}
