import { Alert, Link, Text } from '@backstage/ui';
import type { Preview } from '@internal/plugin-ml-platform-common';
import styles from './preview.module.css';

/** The pull request that the request opens, or the one that is open already. */
export function PullRequestSummary(props: {
  pullRequest: Preview['pullRequest'];
}) {
  const { title, branch, existing } = props.pullRequest;
  return (
    <section aria-label="Pull request">
      <Text as="h3" variant="title-x-small">
        Pull request
      </Text>
      {existing && (
        <Alert
          role="status"
          status="warning"
          icon
          title={
            <Link href={existing.url} target="_blank" rel="noopener noreferrer">
              Pull request #{existing.number} for this is open already
            </Link>
          }
          description={`${existing.requester} requested it. If yours is the same change, you get that pull request; otherwise close it or have it merged first.`}
        />
      )}
      <dl className={styles.facts}>
        <dt>Title</dt>
        <dd>{title}</dd>
        <dt>Branch</dt>
        <dd>
          <code>{branch}</code>
        </dd>
      </dl>
    </section>
  );
}
