import { Link, Text } from '@backstage/ui';
import { LiveContent } from '../components/shared/LiveContent';
import { RequestRow } from '../pages/requests/RequestRow';
import styles from './home.module.css';
import { useMyRequests } from './useHome';

const MAX_REQUESTS = 4;

/** Home widget: requests of the person that are in progress, and what they wait for. */
export function MyRequests() {
  return (
    <LiveContent subject="your requests" live={useMyRequests()}>
      {({ items, total }) => (
        <>
          {items.length === 0 && (
            <Text color="secondary">
              You have no requests in progress. Each form of{' '}
              <Link href="/create">Create</Link> opens one: a pull request that
              you can follow here until it is healthy.
            </Text>
          )}
          <ul className={styles.list} aria-label="My requests">
            {items.slice(0, MAX_REQUESTS).map(request => (
              <li key={request.number} className={styles.item}>
                <RequestRow request={request} />
              </li>
            ))}
          </ul>
          <Link href="/ml-platform/requests">
            {total > MAX_REQUESTS ? `All ${total} requests` : 'All requests'}
          </Link>
        </>
      )}
    </LiveContent>
  );
}
