import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import type { LiveTopic } from '@internal/plugin-ml-platform-common';
import { isForbidden } from '../api/errorText';
import { liveUpdatesApiRef } from '../api/mlPlatformApi';
import { useCallback, useEffect, useRef, useState } from 'react';

const POLL_MILLISECONDS = 5_000;
/** Poll interval while the stream is connected; it catches what the stream does not report, such as a cluster that went silent. */
const CONNECTED_POLL_MILLISECONDS = 30_000;
const HIDDEN_PAGE_MILLISECONDS = 5_000;
const ERROR_RETRY_MILLISECONDS = 15_000;
/** The backend refuses a stream of more than 20 topics; what is beyond is polled. */
const MAX_TOPICS = 15;

/** The latest value and error of a repeated read. `value` stays when a later read fails, so both can be present. */
export interface Live<T> {
  value?: T;
  loading: boolean;
  error?: Error;
  refresh: () => void;
}

type LiveState<T> = Omit<Live<T>, 'refresh'>;

/**
 * Reads a value now and after every change of its topics; polls every few seconds while the live stream is not connected.
 * Pauses while the page is hidden and stops when the caller is not allowed to read it.
 *
 * @param read - must be memoised: a new function discards the current value and starts over.
 * @param topic - or a function that lists the topics of the value, for a page about teams that only the value names.
 */
export function useLive<T>(
  read: () => Promise<T>,
  topic: LiveTopic | ((value: T) => LiveTopic[]),
): Live<T> {
  const updates = useApi(liveUpdatesApiRef);
  const [state, setState] = useState<LiveState<T>>({ loading: true });
  const roundRef = useRef<() => Promise<void>>();
  const nextRef = useRef<() => void>();
  const topics = joinTopics(topic, state.value);

  useEffect(() => {
    let ended = false;
    let reading = false;
    let outdated = false;
    let timer: ReturnType<typeof setTimeout> | undefined;

    async function round() {
      if (reading) {
        // The pending response may predate the change.
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

    /** @returns milliseconds until the next read; undefined when there must be none. */
    async function readOnce(): Promise<number | undefined> {
      try {
        const value = await read();
        if (!ended) setState({ value, loading: false });
        return updates.isConnected
          ? CONNECTED_POLL_MILLISECONDS
          : POLL_MILLISECONDS;
      } catch (error) {
        const failure = toError(error);
        if (!ended) {
          setState(({ value }) => ({ value, loading: false, error: failure }));
        }
        return isForbidden(failure) ? undefined : ERROR_RETRY_MILLISECONDS;
      }
    }

    function next() {
      clearTimeout(timer);
      if (document.hidden) {
        timer = setTimeout(next, HIDDEN_PAGE_MILLISECONDS);
      } else {
        round();
      }
    }

    setState({ loading: true });
    roundRef.current = round;
    nextRef.current = next;
    round();
    return () => {
      ended = true;
      clearTimeout(timer);
    };
  }, [read, updates]);

  useEffect(() => {
    const unsubscribes = topics
      .split(' ')
      .filter(Boolean)
      .map(each => updates.subscribe(each, () => nextRef.current?.()));
    return () => unsubscribes.forEach(unsubscribe => unsubscribe());
  }, [topics, updates]);

  const refresh = useCallback(() => {
    setState(({ value }) => ({ value, loading: true }));
    roundRef.current?.();
  }, []);
  return { ...state, refresh };
}

/** Joined with spaces, so that equal lists are equal dependencies of an effect. */
function joinTopics<T>(
  topic: LiveTopic | ((value: T) => LiveTopic[]),
  value: T | undefined,
): string {
  if (typeof topic === 'string') {
    return topic;
  }
  const topics = value === undefined ? [] : topic(value);
  return [...new Set(topics)].sort().slice(0, MAX_TOPICS).join(' ');
}
