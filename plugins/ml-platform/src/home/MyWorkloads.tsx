import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Flex, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import { catalogFileProblems } from '../catalogFileProblems';
import { HEALTH_LABELS, HEALTH_TONES } from '../components/healthStates';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { Pill } from '../components/shared/Pill';
import styles from './MyWorkloads.module.css';
import { useMyWorkloads, type MyWorkload } from './useMyWorkloads';

/** Home widget: components of the user's teams, with their health in every environment. */
export function MyWorkloads() {
  const { value, error, loading, retry } = useMyWorkloads();
  if (loading) {
    return (
      <Flex direction="column" gap="2" role="status">
        <VisuallyHidden>Loading your team's components</VisuallyHidden>
        <Skeleton height={32} />
        <Skeleton height={32} />
      </Flex>
    );
  }
  if (error) {
    return (
      <ErrorNotice
        title="Could not load your team's components"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value || value.length === 0) {
    return (
      <Text color="secondary">
        Your teams don't own any components yet. Create a service to get the
        first one.
      </Text>
    );
  }
  return (
    <ul className={styles.list}>
      {value.map(workload => (
        <li key={workload.entity.metadata.name} className={styles.workload}>
          <EntityRefLink entityRef={workload.entity} />
          {catalogFileProblems(workload.entity).length > 0 && (
            <Pill tone="bad">Problems in catalog-info.yaml</Pill>
          )}
          <Health workload={workload} />
        </li>
      ))}
    </ul>
  );
}

function Health({ workload }: { workload: MyWorkload }) {
  if (!workload.summary) {
    return <Text color="secondary">State unknown</Text>;
  }
  return (
    <Flex gap="1" style={{ flexWrap: 'wrap' }}>
      {workload.summary.environments.map(({ environment, health }) => (
        <Pill key={environment} tone={HEALTH_TONES[health.state]}>
          {environment}: {HEALTH_LABELS[health.state]}
        </Pill>
      ))}
    </Flex>
  );
}
