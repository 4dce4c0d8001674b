import { toError } from '@backstage/errors';
import { isRefusal } from '../api/errorText';
import { useCallback, useEffect, useRef, useState } from 'react';

const FRESH_MILLISECONDS = 5_000;
const AFTER_ERROR_MILLISECONDS = 15_000;

/** What a page knows: `value` stays while a later read fails, so that `error` and `value` can both be there. */
export interface Live<T> {
  value?: T;
  loading: boolean;
  error?: Error;
  refresh: () => void;
}

type Known<T> = Omit<Live<T>, 'refresh'>;

/**
 * Reads now and then every few seconds, so that people watch a roll-out happen. Rests while the page is hidden,
 * and stops when the person may not see it.
 *
 * @param read - memoised; a new function starts over and forgets what the old one knew.
 */
export function useLive<T>(read: () => Promise<T>): Live<T> {
  const [known, setKnown] = useState<Known<T>>({ loading: true });
  const roundRef = useRef<() => Promise<void>>();

  useEffect(() => {
    let ended = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function round() {
      clearTimeout(timer);
      let pause: number | undefined = FRESH_MILLISECONDS;
      try {
        const value = await read();
        if (!ended) setKnown({ value, loading: false });
      } catch (error) {
        const failure = toError(error);
        pause = isRefusal(failure) ? undefined : AFTER_ERROR_MILLISECONDS;
        if (!ended) {
          setKnown(({ value }) => ({ value, loading: false, error: failure }));
        }
      }
      if (!ended && pause) timer = setTimeout(next, pause);
    }
    function next() {
      if (document.hidden) {
        timer = setTimeout(next, FRESH_MILLISECONDS);
      } else {
        round();
      }
    }

    setKnown({ loading: true });
    roundRef.current = round;
    round();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [read]);

  const refresh = useCallback(() => {
    setKnown(({ value }) => ({ value, loading: true }));
    roundRef.current?.();
  }, []);
  return { ...known, refresh };
}
