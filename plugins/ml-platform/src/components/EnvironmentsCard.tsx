import { Flex, Text } from '@backstage/ui';
import type { WorkloadEnvironment } from '@internal/plugin-ml-platform-common';
import { useChanges } from '../hooks/useChanges';
import { useWorkload } from '../hooks/useWorkload';
import { useWorkloadTarget } from '../hooks/useWorkloadTarget';
import { Conditions } from './environments/Conditions';
import { environmentRows } from './environments/environmentRows';
import { EnvironmentsTable } from './environments/EnvironmentsTable';
import { LiveCard } from './shared/LiveCard';

/** Card with sync, health and reasons of a workload in every environment, and a menu to change it there. */
export function EnvironmentsCard() {
  const live = useWorkload();
  return (
    <LiveCard title="Environments" live={live}>
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
    </LiveCard>
  );
}

function Environments(props: { environments: WorkloadEnvironment[] }) {
  const { environments } = props;
  const target = useWorkloadTarget();
  const answers = useChanges(
    target,
    environments.map(({ application }) => application?.revision).join(' '),
  );
  return (
    <Flex direction="column" gap="3">
      <EnvironmentsTable
        rows={environmentRows({ target, environments, answers })}
      />
      {environments.map(environment => (
        <Conditions key={environment.environment} {...environment} />
      ))}
    </Flex>
  );
}
