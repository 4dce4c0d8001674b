import { Alert, Button, Flex, Text } from '@backstage/ui';
import type { Preview } from '@internal/plugin-ml-platform-common';
import { timeAgo } from '../components/shared/time';
import { Checks } from './Checks';
import { FileList } from './FileList';
import { PullRequestSummary } from './PullRequestSummary';
import { RenderedObjects } from './RenderedObjects';

/** Full report of a change: checks, pull request, files and rendered Kubernetes objects. */
export function PreviewReport(props: {
  preview: Preview;
  onPreviewAgain: () => void;
}) {
  const { report, pullRequest, asOf } = props.preview;
  return (
    <Flex direction="column" gap="4">
      <Verdict preview={props.preview} />
      <Flex align="center" gap="3">
        <Button size="small" variant="secondary" onPress={props.onPreviewAgain}>
          Preview again
        </Button>
        <Text variant="body-small" color="secondary">
          Computed {timeAgo(asOf)} on commit {report.baseCommit.slice(0, 7)}
        </Text>
      </Flex>
      <Checks checks={report.checks} />
      <PullRequestSummary pullRequest={pullRequest} />
      <FileList files={report.files} />
      <RenderedObjects objects={report.objects} />
    </Flex>
  );
}

function Verdict({ preview }: { preview: Preview }) {
  const { checks, files } = preview.report;
  const failed = checks.filter(({ status }) => status === 'failed');
  if (failed.length > 0) {
    return (
      <Alert
        role="alert"
        status="danger"
        icon
        title={
          failed.length === 1
            ? "One check failed, so you can't submit this yet"
            : `${failed.length} checks failed, so you can't submit this yet`
        }
        description="See below how to fix it. Go back to change your input; it is kept."
      />
    );
  }
  if (files.length === 0) {
    return (
      <Alert
        role="alert"
        status="warning"
        icon
        title="There is nothing to change"
        description="The platform repository already contains this change."
      />
    );
  }
  return (
    <Alert
      role="status"
      status="success"
      icon
      title="Ready to submit"
      description="Nothing has changed yet. The next steps open a pull request with exactly the files below."
    />
  );
}
