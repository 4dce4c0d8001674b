import { Flex, Text } from '@backstage/ui';
import type { WorkloadSummary } from '@internal/plugin-ml-platform-common';
import { useChangeRequests } from '../../hooks/useChangeRequests';
import { useChanges } from '../../hooks/useChanges';
import { useWorkload } from '../../hooks/useWorkload';
import { useWorkloadTarget } from '../../hooks/useWorkloadTarget';
import { pipelineStages } from '../environments/pipelineStages';
import { LiveCard } from '../shared/LiveCard';
import { EnvironmentStrip } from './EnvironmentStrip';
import { FindingsInNumbers } from './FindingsInNumbers';
import { Headline } from './Headline';
import { LastRequests } from './LastRequests';
import styles from './overview.module.css';
import { OverviewLinks } from './OverviewLinks';

/** Open change requests are among the last changed ones, unless a workload has very many. */
const MAX_REQUESTS = 20;

/** Card with the state of a workload: what needs somebody, what runs where, its last change requests and its findings. */
export function OverviewCard() {
  const live = useWorkload({ withFindings: true });
  return (
    <LiveCard title="State" live={live}>
      {summary =>
        summary.environments.length === 0 ? (
          <Text>
            The platform has no environments yet. Set them in the portal's
            configuration.
          </Text>
        ) : (
          <Overview summary={summary} />
        )
      }
    </LiveCard>
  );
}

function Overview({ summary }: { summary: WorkloadSummary }) {
  const { environments, findings } = summary;
  const target = useWorkloadTarget();
  const answers = useChanges(
    target,
    environments.map(({ application }) => application?.revision).join(' '),
  );
  const changeRequests = useChangeRequests(target, { limit: MAX_REQUESTS });
  const open = (changeRequests.value?.items ?? []).filter(
    ({ state }) => state === 'open',
  );
  const stages = pipelineStages({
    target,
    environments,
    answers,
    requests: open,
  });
  return (
    <Flex direction="column" gap="4">
      <Headline
        target={target}
        stages={stages}
        answers={answers}
        requests={open}
      />
      <EnvironmentStrip target={target} stages={stages} answers={answers} />
      <div className={styles.columns}>
        <LastRequests live={changeRequests} />
        {findings && <FindingsInNumbers findings={findings} />}
      </div>
      <OverviewLinks />
    </Flex>
  );
}
