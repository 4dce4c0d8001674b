import { Flex, Text, ToggleButton, ToggleButtonGroup } from '@backstage/ui';
import type { WorkloadEnvironment } from '@internal/plugin-ml-platform-common';
import { useChangeRequests } from '../../hooks/useChangeRequests';
import { useChanges } from '../../hooks/useChanges';
import { useQueryParam } from '../../hooks/useQueryParam';
import { useWorkload } from '../../hooks/useWorkload';
import { useWorkloadTarget } from '../../hooks/useWorkloadTarget';
import { LiveContent } from '../shared/LiveContent';
import { Conditions } from './Conditions';
import { EnvironmentPanel } from './EnvironmentPanel';
import { environmentRows } from './environmentRows';
import { EnvironmentsTable } from './EnvironmentsTable';
import { mostUrgent } from './mostUrgent';
import { Pipeline } from './Pipeline';
import { pipelineStages } from './pipelineStages';

const MAX_REQUESTS = 20;

/** Tab with the promotion pipeline of a workload, as a graph or a list, and details of the selected environment. */
export function EnvironmentsContent() {
  const live = useWorkload();
  return (
    <LiveContent subject="Environments" live={live}>
      {({ environments }) =>
        environments.length === 0 ? (
          <Text>
            The platform has no environments yet. Set them in the portal's
            configuration.
          </Text>
        ) : (
          <Environments environments={environments} />
        )
      }
    </LiveContent>
  );
}

function Environments(props: { environments: WorkloadEnvironment[] }) {
  const { environments } = props;
  const target = useWorkloadTarget();
  const answers = useChanges(
    target,
    environments.map(({ application }) => application?.revision).join(' '),
  );
  const changeRequests = useChangeRequests(target, {
    state: 'open',
    limit: MAX_REQUESTS,
  });
  const requests = changeRequests.value?.items ?? [];
  const [view, setView] = useQueryParam('view', 'graph');
  const [chosen, setChosen] = useQueryParam('environment');
  const stages = pipelineStages({ target, environments, answers, requests });
  const selected =
    stages.find(({ environment }) => environment === chosen) ??
    mostUrgent(stages) ??
    stages.find(({ newer }) => newer) ??
    stages[0];
  return (
    <Flex direction="column" gap="4">
      <ToggleButtonGroup
        aria-label="View"
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[view]}
        onSelectionChange={keys => setView(String([...keys][0]))}
      >
        <ToggleButton id="graph">Graph</ToggleButton>
        <ToggleButton id="list">List</ToggleButton>
      </ToggleButtonGroup>
      {view === 'list' ? (
        <section aria-label="Environments">
          <EnvironmentsTable
            rows={environmentRows({ target, environments, answers })}
          />
          {environments.map(environment => (
            <Conditions key={environment.environment} {...environment} />
          ))}
        </section>
      ) : (
        <Pipeline
          stages={stages}
          selected={selected.environment}
          onSelect={setChosen}
        />
      )}
      {changeRequests.error && (
        <Text as="p" variant="body-small" color="secondary">
          Open change requests could not be read, so they may be missing here.
        </Text>
      )}
      {view !== 'list' && (
        <EnvironmentPanel
          key={selected.environment}
          target={target}
          stage={selected}
          stages={stages}
          answers={answers}
          requests={requests}
        />
      )}
    </Flex>
  );
}
