import { useCallback } from 'react';
import { useSearchParams } from 'react-router-dom';

/**
 * State of a page that is kept in the URL, so that a link shows the same to somebody else.
 *
 * @param initial - value without the parameter; it is not written to the URL.
 * @returns value and setter. Setting replaces the history entry: "back" leaves the page.
 */
export function useQueryParam(
  name: string,
  initial = '',
): [string, (value: string) => void] {
  const [parameters, setParameters] = useSearchParams();
  const set = useCallback(
    (value: string) =>
      setParameters(
        current => {
          const next = new URLSearchParams(current);
          if (value === initial) {
            next.delete(name);
          } else {
            next.set(name, value);
          }
          return next;
        },
        { replace: true },
      ),
    [setParameters, name, initial],
  );
  return [parameters.get(name) ?? initial, set];
}
