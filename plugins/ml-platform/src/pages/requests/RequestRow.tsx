import { Flex, Link, Text } from '@backstage/ui';
import type { ChangeRequestSummary } from '@internal/plugin-ml-platform-common';
import { timeAgo } from '../../components/shared/time';
import { Timeline } from '../../components/shared/Timeline';
import { environmentsOf, requesterOf, shortSteps } from './requestProgress';
import { RequestState } from './RequestState';
import styles from './requests.module.css';

/** A change request in a list: its steps in one line, and what it waits for. */
export function RequestRow({ request }: { request: ChangeRequestSummary }) {
  const { number, title, teams, link, openedAt } = request;
  const places = [...teams, ...environmentsOf(request)];
  return (
    <Flex direction="column" gap="2">
      <div className={styles.head}>
        <Link
          href={`/ml-platform/requests/${number}`}
          variant="body-medium"
          weight="bold"
          className={styles.title}
        >
          #{number} {title}
        </Link>
        <Text variant="body-small" color="secondary">
          {places.join(', ')} · by {requesterOf(request)}, {timeAgo(openedAt)}
        </Text>
      </div>
      <Timeline
        label={`Steps of #${number}`}
        orientation="horizontal"
        steps={shortSteps(request)}
      />
      <div className={styles.head}>
        <RequestState request={request} />
        {link && (
          <Link
            href={link}
            target="_blank"
            rel="noopener noreferrer"
            variant="body-small"
            aria-label={`Open at the forge: #${number}`}
          >
            Open at the forge
          </Link>
        )}
      </div>
    </Flex>
  );
}
