import { Flex, Text } from '@backstage/ui';
import type { ApplicationSummary } from '@internal/plugin-ml-platform-common';
import { Pill, type Tone } from './shared/Pill';

const SYNC_STATUS_TONES: Record<ApplicationSummary['sync'], Tone> = {
  Synced: 'good',
  OutOfSync: 'warning',
  Unknown: 'neutral',
};

const HEALTH_STATUS_TONES: Record<ApplicationSummary['health'], Tone> = {
  Healthy: 'good',
  Progressing: 'busy',
  Degraded: 'bad',
  Suspended: 'neutral',
  Missing: 'warning',
  Unknown: 'neutral',
};

/** Argo CD's sync and health status of an environment. */
export function ApplicationState(props: { application?: ApplicationSummary }) {
  const { application } = props;
  if (!application) {
    return (
      <Text color="secondary">Not deployed: Argo CD has no application</Text>
    );
  }
  return (
    <Flex gap="1" style={{ flexWrap: 'wrap' }}>
      <Pill tone={SYNC_STATUS_TONES[application.sync]}>{application.sync}</Pill>
      <Pill tone={HEALTH_STATUS_TONES[application.health]}>
        {application.health}
      </Pill>
    </Flex>
  );
}
