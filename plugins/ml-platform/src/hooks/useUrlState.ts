import { useCallback, useMemo } from 'react';
import { useSearchParams } from 'react-router-dom';
import type { z } from 'zod';

/**
 * Filters and sort order of a page, kept in its URL: a link shows the same to somebody else, and "back" undoes a change.
 *
 * @param schema - one key per query parameter, each with `.catch`, since people edit URLs. A constant.
 * @returns state and setter. The setter changes the given keys; values that are the default leave the URL.
 */
export function useUrlState<T extends Record<string, string>>(
  schema: z.ZodType<T>,
): [T, (change: Partial<T>, options?: { replace?: boolean }) => void] {
  const [parameters, setParameters] = useSearchParams();
  const state = useMemo(
    () => schema.parse(Object.fromEntries(parameters)),
    [schema, parameters],
  );
  const change = useCallback(
    (changes: Partial<T>, options?: { replace?: boolean }) =>
      setParameters(current => {
        const defaults = schema.parse({});
        const next = new URLSearchParams(current);
        for (const [key, value] of Object.entries(changes)) {
          if (value === defaults[key]) {
            next.delete(key);
          } else {
            next.set(key, value);
          }
        }
        return next;
      }, options),
    [schema, setParameters],
  );
  return [state, change];
}
