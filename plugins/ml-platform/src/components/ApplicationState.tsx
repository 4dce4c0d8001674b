import { Flex, Text } from '@backstage/ui';
import type {
  ApplicationSummary,
  HealthReason,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import { HEALTH_LABELS, HEALTH_TONES } from './healthStates';
import { Pill, type Tone } from './shared/Pill';
import { timeAgo } from './shared/time';

const SYNC_STATUS_TONES: Record<ApplicationSummary['sync'], Tone> = {
  Synced: 'good',
  OutOfSync: 'warning',
  Unknown: 'neutral',
};

const OPERATION_PILLS: Partial<
  Record<
    NonNullable<ApplicationSummary['operation']>['phase'],
    { tone: Tone; label: string }
  >
> = {
  Running: { tone: 'busy', label: 'Syncing' },
  Terminating: { tone: 'busy', label: 'Stopping the sync' },
  Failed: { tone: 'bad', label: 'Sync failed' },
  Error: { tone: 'bad', label: 'Sync failed' },
};

/** Reasons that Argo CD gives, as opposed to the pods. */
export const APPLICATION_CODES: HealthReason['code'][] = [
  'argocd-health',
  'sync-error',
  'sync-unknown',
  'sync-waiting',
  'sync-warning',
];

const COLORS: Partial<
  Record<HealthReason['code'], 'danger' | 'warning' | 'secondary'>
> = {
  'argocd-health': 'danger',
  'sync-error': 'danger',
  'sync-warning': 'warning',
};

/** Argo CD's sync status of an environment, and its health as the portal judges it: Argo CD's own does not know of failed syncs. */
export function ApplicationState({
  application,
  health,
}: Pick<WorkloadEnvironment, 'application' | 'health'>) {
  if (!application) {
    return health.state === 'missing' ? (
      <Text color="secondary">Not deployed: Argo CD has no Application</Text>
    ) : (
      <>
        <Pill tone={HEALTH_TONES[health.state]}>
          {HEALTH_LABELS[health.state]}
        </Pill>
        <Text as="div" variant="body-small" color="secondary">
          Argo CD has no Application of it
        </Text>
      </>
    );
  }
  const operation =
    application.operation && OPERATION_PILLS[application.operation.phase];
  return (
    <>
      <Flex gap="1" style={{ flexWrap: 'wrap' }}>
        <Pill tone={SYNC_STATUS_TONES[application.sync]}>
          {application.sync}
        </Pill>
        <Pill tone={HEALTH_TONES[health.state]}>
          {HEALTH_LABELS[health.state]}
        </Pill>
        {operation && <Pill tone={operation.tone}>{operation.label}</Pill>}
      </Flex>
      {applicationReasons(application, health.reasons).map(
        ({ code, text, since }) => (
          <Text
            as="div"
            key={text}
            variant="body-small"
            color={COLORS[code] ?? 'secondary'}
          >
            {text}
            {since && ` (${timeAgo(since)})`}
          </Text>
        ),
      )}
    </>
  );
}

/** Argo CD's reasons, except those that repeat a condition, which has a notice of its own. */
function applicationReasons(
  { conditions }: ApplicationSummary,
  reasons: HealthReason[],
): HealthReason[] {
  return reasons.filter(
    ({ code, text }) =>
      APPLICATION_CODES.includes(code) &&
      !conditions.some(
        ({ message }) => message !== '' && text.includes(message),
      ),
  );
}
