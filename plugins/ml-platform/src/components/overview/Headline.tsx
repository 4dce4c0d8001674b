import { ButtonLink, Flex, Link, Text } from '@backstage/ui';
import type {
  ChangeRequestSummary,
  HealthState,
  WorkloadAnswers,
} from '@internal/plugin-ml-platform-common';
import type { WorkloadTarget } from '../../api/MlPlatformClient';
import { useEntityTab } from '../../hooks/useEntityTab';
import {
  environmentActions,
  type EnvironmentAction,
} from '../environments/environmentActions';
import { mostUrgent } from '../environments/mostUrgent';
import type { PipelineStage } from '../environments/Pipeline';
import { HEALTH_LABELS, HEALTH_TONES } from '../healthStates';
import { Pill } from '../shared/Pill';
import { reasonText } from '../shared/reasonText';
import { requestStep } from '../shared/requestStep';
import styles from './overview.module.css';

const MAX_REASONS = 3;

/** Changes that can end a problem, in the order in which people try them. */
const REMEDIES: EnvironmentAction['id'][] = ['roll-back', 'set-image', 'edit'];

interface HeadlineProps {
  target: WorkloadTarget;
  stages: PipelineStage[];
  answers: WorkloadAnswers | undefined;
  /** Open change requests of the workload. */
  requests: ChangeRequestSummary[];
}

/** The environment that needs somebody, with the reason and the ways out; the states of all when none does. */
export function Headline(props: HeadlineProps) {
  const urgent = mostUrgent(props.stages);
  return urgent ? <Problem {...props} stage={urgent} /> : <Calm {...props} />;
}

function Problem(props: HeadlineProps & { stage: PipelineStage }) {
  const { target, stage, stages, answers, requests } = props;
  const { environment, health } = stage;
  const tabHref = useEntityTab();
  const also = stages.filter(
    each => each !== stage && each.health.state === health.state,
  );
  const reasons = health.reasons.slice(0, MAX_REASONS);
  const remedies =
    health.state === 'degraded' && answers
      ? environmentActions({
          target,
          environment,
          environments: stages,
          answers,
          requests,
        }).filter(({ id }) => REMEDIES.includes(id))
      : [];
  return (
    <Flex direction="column" gap="2">
      <div className={styles.line}>
        <Pill tone={HEALTH_TONES[health.state]}>
          {HEALTH_LABELS[health.state]} in {environment}
        </Pill>
        {also.length > 0 && (
          <Text variant="body-small" color="secondary">
            {`Also in ${also.map(each => each.environment).join(', ')}`}
          </Text>
        )}
      </div>
      {reasons.length === 0 && <Text as="p">The reason is not known.</Text>}
      {reasons.map(reason => (
        <Text as="p" key={reason.text} className={styles.text}>
          {reasonText(reason)}
        </Text>
      ))}
      {health.reasons.length > MAX_REASONS && (
        <Link href={tabHref('environments', { environment })}>
          {health.reasons.length - MAX_REASONS} more reasons
        </Link>
      )}
      <div className={styles.line}>
        <ButtonLink
          size="small"
          variant="secondary"
          href={tabHref('workloads', { environment })}
        >
          {`Pods and logs of ${environment}`}
        </ButtonLink>
        {remedies.map(
          action =>
            action.reason === undefined && (
              <ButtonLink
                key={action.id}
                size="small"
                variant="secondary"
                href={action.href}
              >
                {action.label}
              </ButtonLink>
            ),
        )}
      </div>
    </Flex>
  );
}

const CALM_STATES: HealthState[] = ['healthy', 'suspended'];

function Calm({ stages, requests }: HeadlineProps) {
  const tabHref = useEntityTab();
  const byState = CALM_STATES.map(state => ({
    state,
    names: stages
      .filter(({ health }) => health.state === state)
      .map(({ environment }) => environment),
  })).filter(({ names }) => names.length > 0);
  if (byState.length > 0) {
    return (
      <div className={styles.line}>
        {byState.map(({ state, names }) => (
          <Pill key={state} tone={HEALTH_TONES[state]}>
            {HEALTH_LABELS[state]} in {names.join(', ')}
          </Pill>
        ))}
      </div>
    );
  }
  const [request] = requests;
  return (
    <Text as="p">
      Nothing is deployed yet.{' '}
      {request ? (
        <>
          <Link href={`/ml-platform/requests/${request.number}`}>
            #{request.number} {request.title}
          </Link>{' '}
          {requestStep(request)}.
        </>
      ) : (
        <Link href={tabHref('environments')}>See what can be deployed</Link>
      )}
    </Text>
  );
}
