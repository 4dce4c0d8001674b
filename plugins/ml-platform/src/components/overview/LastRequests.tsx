import { Flex, Link, Text } from '@backstage/ui';
import type { ChangeRequests } from '@internal/plugin-ml-platform-common';
import type { Live } from '../../hooks/useLive';
import { useWorkloadTarget } from '../../hooks/useWorkloadTarget';
import { PartNotice } from '../shared/PartNotice';
import { requestStep } from '../shared/requestStep';
import { timeAgo } from '../shared/time';
import styles from './overview.module.css';

const SHOWN = 3;

/** The change requests of the workload that changed last, and what they wait for. */
export function LastRequests({ live }: { live: Live<ChangeRequests> }) {
  const { workload } = useWorkloadTarget();
  const { value, loading } = live;
  const all = new URLSearchParams({
    view: 'all',
    state: 'any',
    search: workload,
  });
  return (
    <section aria-label="Last requests">
      <Flex direction="column" gap="2">
        <Text as="h4" variant="title-x-small">
          Last requests
        </Text>
        <PartNotice subject="change requests" live={live} />
        {!value && loading && <Text color="secondary">Loading…</Text>}
        {value?.items.length === 0 && (
          <Text color="secondary">Nobody has requested a change yet.</Text>
        )}
        {value && value.items.length > 0 && (
          <ul className={styles.list}>
            {value.items.slice(0, SHOWN).map(request => (
              <li key={request.number}>
                <Link href={`/ml-platform/requests/${request.number}`}>
                  #{request.number} {request.title}
                </Link>
                <Text as="div" variant="body-small" color="secondary">
                  {requestStep(request)}, {timeAgo(request.updatedAt)}
                </Text>
              </li>
            ))}
          </ul>
        )}
        {value && value.total > SHOWN && (
          <Link
            href={`/ml-platform/requests?${all}`}
          >{`All ${value.total} requests`}</Link>
        )}
      </Flex>
    </section>
  );
}
