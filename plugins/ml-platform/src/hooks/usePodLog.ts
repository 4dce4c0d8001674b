import { useApi } from '@backstage/core-plugin-api';
import { toError } from '@backstage/errors';
import { useCallback, useEffect, useState } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { LogBuffer, type LogContent } from '../components/podLog/LogBuffer';

const FLUSH_MILLISECONDS = 100;
const PREVIOUS_LINES = 5000;

/** Selects the log of a container. */
export interface PodLogSource {
  cluster: string;
  namespace: string;
  pod: string;
  /** Absent: the container that the server chooses. */
  container?: string;
  /** The log before the last restart. */
  previous: boolean;
  /** Earlier lines to start with. */
  tailLines: number;
}

export interface PodLog extends LogContent {
  /** `ended`: the container ended, or the caller lost access. */
  state: 'loading' | 'following' | 'ended';
  error?: Error;
  /** Reads the log again from the start. */
  restart: () => void;
}

const NOTHING: Omit<PodLog, 'restart'> = {
  lines: [],
  dropped: 0,
  state: 'loading',
};

/** Reads the end of a container's log and follows it; a log before a restart is read once. */
export function usePodLog(source: PodLogSource): PodLog {
  const client = useApi(mlPlatformApiRef);
  const { cluster, namespace, pod, container, previous, tailLines } = source;
  const [round, setRound] = useState(0);
  const [log, setLog] = useState(NOTHING);

  useEffect(() => {
    const end = new AbortController();
    const buffer = new LogBuffer();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const flush = () => {
      timer = undefined;
      setLog({ ...buffer.content(), state: 'following' });
    };
    // Each flush renders, so that a flood of lines renders a few times a second only.
    const onText = (text: string) => {
      buffer.append(text);
      timer ??= setTimeout(flush, FLUSH_MILLISECONDS);
    };
    const pods = { cluster, namespace, pod, container };
    const reading = previous
      ? client
          .getPodLogs({ ...pods, previous: true, tailLines: PREVIOUS_LINES })
          .then(({ text }) => buffer.append(text))
      : client.followPodLogs(
          { ...pods, tailLines },
          { signal: end.signal, onText },
        );
    setLog(NOTHING);
    reading
      .then(() => undefined, toError)
      .then(error => {
        clearTimeout(timer);
        if (!end.signal.aborted) {
          setLog({ ...buffer.content(), state: 'ended', error });
        }
      });
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [client, cluster, namespace, pod, container, previous, tailLines, round]);

  const restart = useCallback(() => setRound(count => count + 1), []);
  return { ...log, restart };
}
