import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';
import type { PodLogsRequest } from '../api/MlPlatformClient';
import { mlPlatformApiRef } from '../api/mlPlatformApi';

/** Older lines are dropped: the browser cannot render an unbounded log. */
const MAX_CHARACTERS = 500_000;

export interface FollowedLog {
  text: string;
  /** `ended`: the container ended, or the caller lost access. */
  state: 'loading' | 'following' | 'ended';
  error?: Error;
  /** Reads the log again from the start. */
  restart: () => void;
}

/** Reads the end of a container's log and follows it. */
export function useFollowedLog(source: PodLogsRequest): FollowedLog {
  const client = useApi(mlPlatformApiRef);
  const { cluster, namespace, pod } = source;
  const [round, setRound] = useState(0);
  const [log, setLog] = useState<Omit<FollowedLog, 'restart'>>({
    text: '',
    state: 'loading',
  });

  useEffect(() => {
    const end = new AbortController();
    const onText = (more: string) =>
      setLog(({ text }) => ({
        text: lastLines(text + more),
        state: 'following',
      }));
    setLog({ text: '', state: 'loading' });
    client
      .followPodLogs(
        { cluster, namespace, pod },
        { signal: end.signal, onText },
      )
      .then(() => undefined, toError)
      .then(error => {
        if (!end.signal.aborted) {
          setLog(({ text }) => ({ text, state: 'ended', error }));
        }
      });
    return () => end.abort();
  }, [client, cluster, namespace, pod, round]);

  const restart = useCallback(() => setRound(count => count + 1), []);
  return { ...log, restart };
}

function lastLines(text: string): string {
  if (text.length <= MAX_CHARACTERS) {
    return text;
  }
  const cut = text.slice(-MAX_CHARACTERS);
  return cut.slice(cut.indexOf('\n') + 1);
}
