import { Alert, Link, Text } from '@backstage/ui';
import type { Preview } from '@internal/plugin-ml-platform-common';
import styles from './preview.module.css';

/** Pull request that submitting opens, or the existing one for the same target. */
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
              Pull request #{existing.number} for this target is already open
            </Link>
          }
          description={`Requested by ${existing.requester}. If your change is the same, you get that pull request. Otherwise close it or get it merged first.`}
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
