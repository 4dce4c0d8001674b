const MAX_DEPTH = 32;
const MAX_VALUES = 20_000;
const MAX_CHARACTERS = 1024 * 1024;

/**
 * Finds what keeps a value from being stored in the catalog: depth and size with aliases expanded, a key that changes
 * what an object is, and NUL, which PostgreSQL refuses. @returns the problem, as a sentence.
 */
export function treeProblem(root: unknown): string | undefined {
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
      for (const [key, child] of Object.entries(value)) {
        characters += Array.isArray(value) ? 0 : key.length;
        stack.push({ value: child, depth: depth + 1 });
        if (stack.length > MAX_VALUES) {
          break;
        }
      }
    }
    if (depth > MAX_DEPTH) {
      return `This is nested more than ${MAX_DEPTH} levels deep. Make it flatter.`;
    }
    if (
      values > MAX_VALUES ||
      stack.length > MAX_VALUES ||
      characters > MAX_CHARACTERS
    ) {
      return 'This document is too large with its aliases replaced. Make it smaller.';
    }
  }
  return undefined;
}
