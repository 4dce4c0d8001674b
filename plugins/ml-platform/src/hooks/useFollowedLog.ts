import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';
import type { PodLogsRequest } from '../api/MlPlatformClient';
import { mlPlatformApiRef } from '../api/mlPlatformApi';

/** What a page can show and a person can read. */
const MAX_CHARACTERS = 500_000;

export interface FollowedLog {
  text: string;
  /** `ended`: nothing more will be written, or nothing more may be read. */
  state: 'loading' | 'following' | 'ended';
  error?: Error;
  /** Starts over. */
  restart: () => void;
}

/** The end of a container's log, and what is written from then on. */
export function useFollowedLog(source: PodLogsRequest): FollowedLog {
  const client = useApi(mlPlatformApiRef);
  const { cluster, namespace, pod } = source;
  const [round, setRound] = useState(0);
  const [known, setKnown] = useState<Omit<FollowedLog, 'restart'>>({
    text: '',
    state: 'loading',
  });

  useEffect(() => {
    const end = new AbortController();
    const onText = (more: string) =>
      setKnown(({ text }) => ({
        text: lastLines(text + more),
        state: 'following',
      }));
    setKnown({ text: '', state: 'loading' });
    client
      .followPodLogs(
        { cluster, namespace, pod },
        { signal: end.signal, onText },
      )
      .then(() => undefined, toError)
      .then(error => {
        if (!end.signal.aborted) {
          setKnown(({ text }) => ({ text, state: 'ended', error }));
        }
      });
    return () => end.abort();
  }, [client, cluster, namespace, pod, round]);

  const restart = useCallback(() => setRound(count => count + 1), []);
  return { ...known, restart };
}

function lastLines(text: string): string {
  if (text.length <= MAX_CHARACTERS) {
    return text;
  }
  const cut = text.slice(-MAX_CHARACTERS);
  return cut.slice(cut.indexOf('\n') + 1);
}
