import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';

interface RequestState<T> {
  value?: T;
  loading: boolean;
  error?: Error;
}

/**
 * Sends an HTTP request once, and again on `retry`. The response of a superseded request is dropped.
 *
 * @param send - must be memoised: a new function sends the request again.
 */
export function useRequest<T>(send: () => Promise<T>) {
  const [state, setState] = useState<RequestState<T>>({ loading: true });
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
