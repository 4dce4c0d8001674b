import { Alert, Button, Flex, Text } from '@backstage/ui';
import type { Preview } from '@internal/plugin-ml-platform-common';
import { timeAgo } from '../components/shared/time';
import { CapacitySection } from './CapacitySection';
import { Checks, Problems } from './Checks';
import { DestructiveChanges } from './DestructiveChanges';
import { FileList } from './FileList';
import { PullRequestSummary } from './PullRequestSummary';
import { RenderedObjects } from './RenderedObjects';
import { Afterwards, Approvals, Changes, Cost } from './SummarySections';

/** Report of a change, in the order of a reviewer's questions: may it, what happens, what it costs, who agrees, and the details. */
export function PreviewReport(props: {
  preview: Preview;
  /** Owner of what changes. */
  team: string;
  onPreviewAgain: () => void;
}) {
  const { report, pullRequest, asOf } = props.preview;
  const { summary } = report;
  return (
    <Flex direction="column" gap="4">
      <Verdict preview={props.preview} />
      <Problems checks={report.checks} />
      <Flex align="center" gap="3">
        <Button size="small" variant="secondary" onPress={props.onPreviewAgain}>
          Preview again
        </Button>
        <Text variant="body-small" color="secondary">
          Computed {timeAgo(asOf)} on commit {report.baseCommit.slice(0, 7)}
        </Text>
      </Flex>
      <Changes changes={summary.changes} />
      <DestructiveChanges changes={report.destructive} />
      <CapacitySection team={props.team} needs={summary.needs} />
      <Cost cost={summary.cost} />
      <Approvals approvals={summary.approvals} />
      <Afterwards report={report} />
      <PullRequestSummary pullRequest={pullRequest} />
      <RenderedObjects objects={report.objects} />
      <FileList files={report.files} />
      <Checks checks={report.checks} />
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
