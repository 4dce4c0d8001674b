import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type { LiveTopic } from '@internal/plugin-ml-platform-common';
import { isForbidden } from '../api/errorText';
import { liveUpdatesApiRef } from '../api/mlPlatformApi';
import { useCallback, useEffect, useRef, useState } from 'react';

const ASK_MILLISECONDS = 5_000;
/** While a stream tells of changes: for what it does not tell, such as a cluster that went silent. */
const ASK_ANYWAY_MILLISECONDS = 30_000;
const HIDDEN_MILLISECONDS = 5_000;
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
 * Reads now and whenever the backend says that the topic changed, so that people watch a roll-out happen; every few
 * seconds while there is no stream to say so. Rests while the page is hidden, and stops when the person may not see it.
 *
 * @param read - memoised; a new function starts over and forgets what the old one knew.
 */
export function useLive<T>(read: () => Promise<T>, topic: LiveTopic): Live<T> {
  const updates = useApi(liveUpdatesApiRef);
  const [known, setKnown] = useState<Known<T>>({ loading: true });
  const roundRef = useRef<() => Promise<void>>();

  useEffect(() => {
    let ended = false;
    let reading = false;
    let outdated = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function round() {
      if (reading) {
        // What is on its way may have been read before the change.
        outdated = true;
        return;
      }
      clearTimeout(timer);
      reading = true;
      outdated = false;
      const pause = await readOnce();
      reading = false;
      if (!ended && pause) {
        timer = setTimeout(next, outdated ? 0 : pause);
      }
    }

    /** @returns how long to wait before the next round; undefined when there is to be none. */
    async function readOnce(): Promise<number | undefined> {
      try {
        const value = await read();
        if (!ended) setKnown({ value, loading: false });
        return updates.isConnected ? ASK_ANYWAY_MILLISECONDS : ASK_MILLISECONDS;
      } catch (error) {
        const failure = toError(error);
        if (!ended) {
          setKnown(({ value }) => ({ value, loading: false, error: failure }));
        }
        return isForbidden(failure) ? undefined : AFTER_ERROR_MILLISECONDS;
      }
    }

    function next() {
      clearTimeout(timer);
      if (document.hidden) {
        timer = setTimeout(next, HIDDEN_MILLISECONDS);
      } else {
        round();
      }
    }

    setKnown({ loading: true });
    roundRef.current = round;
    round();
    const unsubscribe = updates.subscribe(topic, next);
    return () => {
      ended = true;
      clearTimeout(timer);
      unsubscribe();
    };
  }, [read, topic, updates]);

  const refresh = useCallback(() => {
    setKnown(({ value }) => ({ value, loading: true }));
    roundRef.current?.();
  }, []);
  return { ...known, refresh };
}
