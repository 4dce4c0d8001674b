import { useApi } from '@backstage/core-plugin-api';
import {
  Button,
  Dialog,
  DialogBody,
  DialogFooter,
  DialogHeader,
  Skeleton,
  Text,
} from '@backstage/ui';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useLive } from '../hooks/useLive';
import styles from './PodLogsDialog.module.css';
import { ErrorNotice } from './shared/ErrorNotice';

export interface LogSource {
  /** What people call it: the Job's name. */
  name: string;
  cluster: string;
  namespace: string;
  pod: string;
}

/** The last lines of a pod's log; they follow the pod while the dialog is open. */
export function PodLogsDialog(props: {
  source: LogSource;
  onClose: () => void;
}) {
  const { name, cluster, namespace, pod } = props.source;
  const client = useApi(mlPlatformApiRef);
  const { value, error, loading, refresh } = useLive(
    useCallback(
      () => client.getPodLogs({ cluster, namespace, pod }),
      [client, cluster, namespace, pod],
    ),
  );
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
          Pod {pod} in {namespace}; the last 1,000 lines.
        </Text>
        {loading && !value && <Skeleton height={256} />}
        {error && !loading && (
          <ErrorNotice
            title="The log could not be read"
            error={error}
            onRetry={refresh}
          />
        )}
        {value && (
          // Scrollable, so that it must be reachable with the keyboard.
          // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <pre className={styles.text} tabIndex={0} aria-label="Log">
            {value.text || 'The pod has written nothing yet.'}
          </pre>
        )}
      </DialogBody>
      <DialogFooter>
        <Button variant="secondary" onPress={refresh}>
          Refresh
        </Button>
      </DialogFooter>
    </Dialog>
  );
}
