import { Flex, Text } from '@backstage/ui';
import {
  checksText,
  type CheckResult,
} from '@internal/plugin-ml-platform-common';
import { Pill, type Tone } from '../components/shared/Pill';
import { useState } from 'react';
import { Folding } from './Folding';
import { Section } from './SummarySections';
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

/** Failed checks, with what to do about each. */
export function Problems({ checks }: { checks: CheckResult[] }) {
  const failed = checks.filter(({ status }) => status === 'failed');
  return failed.length > 0 ? (
    <Section title="What to do first">
      <CheckList checks={failed} />
    </Section>
  ) : null;
}

/** Results of the other checks, which nobody has to act on. */
export function Checks({ checks }: { checks: CheckResult[] }) {
  const [isOpen, setOpen] = useState(false);
  const others = checks.filter(({ status }) => status !== 'failed');
  return others.length > 0 ? (
    <Section title="Checks">
      <Folding
        isOpen={isOpen}
        onToggle={setOpen}
        summary={checksText({ checks })}
      >
        <div className={styles.nested}>
          <CheckList checks={others} />
        </div>
      </Folding>
    </Section>
  ) : null;
}

function CheckList({ checks }: { checks: CheckResult[] }) {
  return (
    <ul className={styles.list}>
      {checks.map(({ id, title, status, messages }) => (
        <li key={id} className={styles.check}>
          <Flex align="center" gap="2">
            <Pill tone={TONES[status]}>{LABELS[status]}</Pill>
            <Text>{title}</Text>
          </Flex>
          {messages.map(({ path, text, field }) => (
            <div key={`${path} ${text}`} className={styles.message}>
              {path && <code>{path}: </code>}
              {text}
              {field && (
                <Text as="p" weight="bold">
                  Change the field “{field.title}” on the page “{field.page}”:
                  its name above leads there.
                </Text>
              )}
            </div>
          ))}
        </li>
      ))}
    </ul>
  );
}
