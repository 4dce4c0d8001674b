import { EntityRefLink } from '@backstage/plugin-catalog-react';
import { Flex, Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import { HEALTH_TONES } from '../components/ApplicationState';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { Pill } from '../components/shared/Pill';
import styles from './MyWorkloads.module.css';
import { useMyWorkloads, type MyWorkload } from './useMyWorkloads';

/** The components of the person's teams, with their health in every environment. */
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
        title="Your team's components could not be read"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value || value.length === 0) {
    return (
      <Text color="secondary">
        Your teams own no components yet. The first request makes one.
      </Text>
    );
  }
  return (
    <ul className={styles.list}>
      {value.map(workload => (
        <li key={workload.entity.metadata.name} className={styles.workload}>
          <EntityRefLink entityRef={workload.entity} />
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
      {workload.summary.environments.map(({ environment, application }) => {
        const health = application?.health ?? 'Missing';
        return (
          <Pill
            key={environment}
            tone={application ? HEALTH_TONES[health] : 'neutral'}
          >
            {environment}: {application ? health : 'not deployed'}
          </Pill>
        );
      })}
    </Flex>
  );
}
