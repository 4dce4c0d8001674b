import { Flex, Link, Text } from '@backstage/ui';
import { formatGpus, type Run } from '@internal/plugin-ml-platform-common';
import { Pill, type Tone } from '../../components/shared/Pill';
import { duration } from '../../components/shared/time';
import { workloadHref } from '../../components/shared/workloadHref';
import styles from './ActiveRunList.module.css';

const TONES: Partial<Record<Run['state'], Tone>> = {
  Pending: 'warning',
  Running: 'busy',
};

/** Runs that have not ended, each with its wait or its time, and the reason why it waits. */
export function ActiveRunList({ runs }: { runs: Run[] }) {
  return (
    <ul className={styles.list} aria-label="Training runs">
      {runs.map(run => (
        <li key={`${run.cluster} ${run.id}`} className={styles.row}>
          <Flex gap="2" align="center" style={{ flexWrap: 'wrap' }}>
            {run.workload ? (
              <Link
                href={workloadHref({ team: run.team, workload: run.workload })}
              >
                {run.name}
              </Link>
            ) : (
              <Text>{run.name}</Text>
            )}
            <Pill tone={TONES[run.state] ?? 'neutral'}>
              {run.state === 'Pending' ? 'Waiting' : run.state}
              {timeOf(run)}
            </Pill>
            <Text variant="body-small" color="secondary">
              {run.team}, {run.environment}
              {run.gpuAmounts.length > 0 &&
                `, ${formatGpus(run.gpuAmounts)} per pod`}
            </Text>
          </Flex>
          {run.reason && run.state !== 'Running' && (
            <Text as="div" variant="body-small">
              {run.reason}
            </Text>
          )}
        </li>
      ))}
    </ul>
  );
}

function timeOf({ state, createdAt, startedAt }: Run): string {
  const since = state === 'Running' ? startedAt : createdAt;
  return since ? ` for ${duration(since, new Date().toISOString())}` : '';
}
