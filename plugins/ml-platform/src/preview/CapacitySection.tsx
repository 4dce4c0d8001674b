import { useApi } from '@backstage/core-plugin-api';
import { Alert, Flex, Text } from '@backstage/ui';
import {
  capacityFit,
  needsTexts,
  type CapacityFit,
  type EnvironmentNeeds,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { errorText } from '../api/errorText';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { FreshnessNotice } from '../components/shared/FreshnessNotice';
import { Pill, type Tone } from '../components/shared/Pill';
import { useRequest } from '../hooks/useRequest';
import styles from './preview.module.css';
import { Note, Section, Sentences } from './SummarySections';

/** Consumers of a quota on one page; those with the most GPUs come first. */
const MAX_CONSUMERS = 100;

const STATES: Record<CapacityFit['state'], { tone: Tone; label: string }> = {
  exceeds: { tone: 'bad', label: 'Can never start' },
  fits: { tone: 'good', label: 'Fits now' },
  waits: { tone: 'warning', label: 'Expected to wait' },
  unknown: { tone: 'neutral', label: 'Not known' },
};

/** Resources that the change needs, compared with what is free now. The live part arrives by itself, and blocks nothing. */
export function CapacitySection(props: {
  team: string;
  needs: EnvironmentNeeds[];
}) {
  const texts = needsTexts(props.needs);
  return (
    <Section title="Quota and queue">
      <Sentences texts={texts} none="It needs no more than now." />
      {texts.length > 0 && <LiveFit {...props} />}
    </Section>
  );
}

function LiveFit({ team, needs }: { team: string; needs: EnvironmentNeeds[] }) {
  const client = useApi(mlPlatformApiRef);
  const { value, error, loading } = useRequest(
    useCallback(
      () => client.getQuota(team, { sort: 'gpus', limit: MAX_CONSUMERS }),
      [client, team],
    ),
  );
  if (loading) {
    return <Note>Reading what is free now…</Note>;
  }
  if (!value) {
    return (
      <Alert
        role="status"
        status="warning"
        icon
        title="What is free now is not known. You can submit all the same."
        description={error && errorText(error)}
      />
    );
  }
  return (
    <>
      <ul className={styles.list}>
        {capacityFit(needs, value).map(({ environment, state, texts }) => (
          <li key={environment} className={styles.check}>
            <Flex align="center" gap="2">
              <Pill tone={STATES[state].tone}>{STATES[state].label}</Pill>
              <Text>{environment}</Text>
            </Flex>
            {texts.map(text => (
              <p key={text} className={styles.message}>
                {text}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <FreshnessNotice freshness={value.freshness} />
    </>
  );
}
