import { Flex, Text } from '@backstage/ui';
import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { Pill, type Tone } from '../components/shared/Pill';
import styles from './preview.module.css';

const TONES: Record<CheckResult['status'], Tone> = {
  passed: 'good',
  failed: 'bad',
  skipped: 'neutral',
  'cluster-only': 'neutral',
};

const LABELS: Record<CheckResult['status'], string> = {
  passed: 'Passed',
  failed: 'Failed',
  skipped: 'Skipped',
  'cluster-only': 'In the cluster',
};

/** Results of the checks, with a remedy for each failure. */
export function Checks({ checks }: { checks: CheckResult[] }) {
  return (
    <section aria-label="Checks">
      <Text as="h3" variant="title-x-small">
        Checks
      </Text>
      <ul className={styles.list}>
        {checks.map(({ id, title, status, messages }) => (
          <li key={id} className={styles.check}>
            <Flex align="center" gap="2">
              <Pill tone={TONES[status]}>{LABELS[status]}</Pill>
              <Text>{title}</Text>
            </Flex>
            {messages.map(({ path, text }) => (
              <p key={`${path} ${text}`} className={styles.message}>
                {path && <code>{path}: </code>}
                {text}
              </p>
            ))}
          </li>
        ))}
      </ul>
    </section>
  );
}
