import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
  Text,
} from '@backstage/ui';
import { useEffect, useRef } from 'react';
import { useFollowedLog, type FollowedLog } from '../hooks/useFollowedLog';
import styles from './PodLogsDialog.module.css';
import { ErrorNotice } from './shared/ErrorNotice';

export interface LogSource {
  /** Display name, for example the Job's. */
  name: string;
  cluster: string;
  namespace: string;
  pod: string;
}

const STATES: Record<FollowedLog['state'], string> = {
  loading: 'Loading the last 1,000 lines.',
  following: 'New lines appear as they are written.',
  ended: 'The log has ended.',
};

/** Dialog that shows the end of a pod's log and follows it while open. */
export function PodLogsDialog(props: {
  source: LogSource;
  onClose: () => void;
}) {
  const { name, cluster, namespace, pod } = props.source;
  const { text, state, error, restart } = useFollowedLog({
    cluster,
    namespace,
    pod,
  });
  return (
    <Dialog
      isOpen
      width={900}
      onOpenChange={open => {
        if (!open) props.onClose();
      }}
    >
      <DialogHeader>Logs of {name}</DialogHeader>
      <DialogBody>
        <Text as="p" variant="body-small" color="secondary">
          Pod {pod} in {namespace}. {!error && STATES[state]}
        </Text>
        {state === 'loading' && <Skeleton height={256} />}
        {error && (
          <ErrorNotice
            title="Could not load the log"
            error={error}
            onRetry={restart}
          />
        )}
        {state !== 'loading' && (text || !error) && <LogText text={text} />}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={restart}>
          Refresh
        </Button>
      </DialogFooter>
    </Dialog>
  );
}

/** Log text that stays scrolled to the end unless the user has scrolled up. */
function LogText({ text }: { text: string }) {
  const ref = useRef<HTMLPreElement>(null);
  const atEnd = useRef(true);
  useEffect(() => {
    if (ref.current && atEnd.current) {
      ref.current.scrollTop = ref.current.scrollHeight;
    }
  }, [text]);
  return (
    <pre
      ref={ref}
      className={styles.text}
      // Scrollable, so that it must be reachable with the keyboard.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      aria-label="Log"
      onScroll={({ currentTarget }) => {
        const { scrollTop, clientHeight, scrollHeight } = currentTarget;
        atEnd.current = scrollTop + clientHeight >= scrollHeight - 4;
      }}
    >
      {text || 'The pod has not written anything yet.'}
    </pre>
  );
}
