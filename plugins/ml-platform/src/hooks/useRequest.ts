import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';

interface State<T> {
  value?: T;
  loading: boolean;
  error?: Error;
}

/**
 * Sends a request once, and again on `retry`. An answer that was overtaken by a newer request is dropped.
 *
 * @param send - memoised; a new function sends again.
 */
export function useRequest<T>(send: () => Promise<T>) {
  const [state, setState] = useState<State<T>>({ loading: true });
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    let current = true;
    setState({ loading: true });
    send().then(
      value => current && setState({ value, loading: false }),
      error => current && setState({ error: toError(error), loading: false }),
    );
    return () => {
      current = false;
    };
  }, [send, attempt]);
  const retry = useCallback(() => setAttempt(count => count + 1), []);
  return { ...state, retry };
}
