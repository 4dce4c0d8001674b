import { Text } from '@backstage/ui';
import type { ChangeRequestSummary } from '@internal/plugin-ml-platform-common';
import { timeAgo } from '../../components/shared/time';
import { originNote, waitingFor } from './requestProgress';
import styles from './requests.module.css';

/** Sentences: what a request waits for and since when, and where it does not come from a form. */
export function RequestState({ request }: { request: ChangeRequestSummary }) {
  const { text, since } = waitingFor(request);
  const note = originNote(request);
  return (
    <div className={styles.state}>
      <Text as="div">
        {text}
        {since && ` Last step ${timeAgo(since)}.`}
      </Text>
      {note && (
        <Text as="div" variant="body-small" color="secondary">
          {note}
        </Text>
      )}
    </div>
  );
}
