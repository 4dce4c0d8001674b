import { Box, Button, Flex, Link, Text } from '@backstage/ui';
import type {
  ChangeRequestSummary,
  WorkloadAnswers,
} from '@internal/plugin-ml-platform-common';
import type { WorkloadTarget } from '../../api/MlPlatformClient';
import { useQueryParam } from '../../hooks/useQueryParam';
import { APPLICATION_CODES, ApplicationState } from '../ApplicationState';
import { formatRevisions } from '../formatRevisions';
import { formatVersion } from '../shared/formatImage';
import { reasonText } from '../shared/reasonText';
import { requestStep } from '../shared/requestStep';
import { absoluteTime, timeAgo } from '../shared/time';
import { Actions } from './Actions';
import { Conditions } from './Conditions';
import { DeploymentHistory } from './DeploymentHistory';
import { environmentActions } from './environmentActions';
import styles from './EnvironmentPanel.module.css';
import { rolloutProgress, type PipelineStage } from './Pipeline';
import { PromotionComparison } from './PromotionComparison';

interface EnvironmentPanelProps {
  target: WorkloadTarget;
  stage: PipelineStage;
  stages: PipelineStage[];
  answers: WorkloadAnswers | undefined;
  requests: ChangeRequestSummary[];
}

/** Details of one environment: state with reasons, changes that one can request, promotion into it, and its history. */
export function EnvironmentPanel(props: EnvironmentPanelProps) {
  const { target, stage, stages, answers, requests } = props;
  const { environment, application, request } = stage;
  const [show, setShow] = useQueryParam('show');
  const toggle = (view: string) => setShow(show === view ? '' : view);
  return (
    // A background, so that secondary buttons stand out on it.
    <Box
      as="section"
      bg="neutral"
      className={styles.panel}
      aria-label={environment}
    >
      <Flex align="center" gap="3" style={{ flexWrap: 'wrap' }}>
        <Text as="h2" variant="title-small">
          {environment}
        </Text>
        <div>
          <ApplicationState application={application} health={stage.health} />
        </div>
      </Flex>
      <Reasons {...stage} />
      <Facts {...stage} />
      <Conditions {...stage} />
      {request && (
        <Text as="p">
          {request.link ? (
            <Link href={request.link} target="_blank" rel="noopener noreferrer">
              #{request.number} {request.title}
            </Link>
          ) : (
            `#${request.number} ${request.title}`
          )}
          : {requestStep(request)}, opened {timeAgo(request.openedAt)}.
        </Text>
      )}
      {answers && (
        <Actions
          actions={environmentActions({
            target,
            environment,
            environments: stages,
            answers,
            requests,
          })}
        />
      )}
      {answers && !answers.mayRequest && (
        <Text as="p" variant="body-small" color="secondary">
          Only members of {target.team} can request changes here.
        </Text>
      )}
      <Promotion
        {...props}
        isOpen={show === 'promotion'}
        onToggle={() => toggle('promotion')}
      />
      <Flex>
        <Button
          size="small"
          variant="secondary"
          aria-expanded={show === 'history'}
          onPress={() => toggle('history')}
        >
          {show === 'history' ? 'Hide deployments' : 'Show deployments'}
        </Button>
      </Flex>
      {show === 'history' && (
        <DeploymentHistory
          target={target}
          environment={environment}
          revision={application?.revision}
        />
      )}
    </Box>
  );
}

function Reasons({ health, application }: PipelineStage) {
  const reasons = health.reasons.filter(
    ({ code }) => !application || !APPLICATION_CODES.includes(code),
  );
  return reasons.length === 0 ? null : (
    <ul className={styles.reasons}>
      {reasons.map(reason => (
        <li key={reason.text}>{reasonText(reason)}</li>
      ))}
    </ul>
  );
}

function Facts(stage: PipelineStage) {
  const { image, pods, application, namespace, cluster, rollouts } = stage;
  const deployedAt = application?.deployedAt;
  const facts: Array<[string, string | undefined]> = [
    ['Image', image],
    ['Pods ready', pods.total ? `${pods.ready} of ${pods.total}` : 'None'],
    [
      'Deployed',
      deployedAt && `${timeAgo(deployedAt)} (${absoluteTime(deployedAt)})`,
    ],
    ['Revision', application && formatRevisions(application)],
    ['Rollout', rollouts.flatMap(rolloutProgress).join('; ') || undefined],
    ['Namespace', `${namespace} in ${cluster}`],
  ];
  return (
    <dl className={styles.facts}>
      {facts.map(
        ([name, value]) =>
          value && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}

function Promotion(
  props: EnvironmentPanelProps & { isOpen: boolean; onToggle: () => void },
) {
  const { target, stage, stages, answers, isOpen, onToggle } = props;
  const { environment, from, newer } = stage;
  const source = stages.find(each => each.environment === from);
  if (!from || !source || !answers?.environments.includes(from)) {
    return null;
  }
  return (
    <Flex direction="column" gap="2">
      <Text as="h3" variant="title-x-small">
        Promotion from {from}
      </Text>
      <Text as="p">{promotionText(stage, source, newer)}</Text>
      {answers.mayRequest && (
        <Flex>
          <Button
            size="small"
            variant="secondary"
            aria-expanded={isOpen}
            onPress={onToggle}
          >
            {isOpen ? 'Hide the comparison' : `Compare with ${from}`}
          </Button>
        </Flex>
      )}
      {isOpen && answers.mayRequest && (
        <PromotionComparison
          target={target}
          from={source}
          to={{ environment, image: stage.image }}
        />
      )}
    </Flex>
  );
}

function changesText(
  from: string,
  environment: string,
  newer: number | undefined,
): string {
  if (newer === undefined) {
    return `The portal has not promoted ${from} to ${environment} yet.`;
  }
  return newer === 0
    ? `${environment} has every change of ${from}.`
    : `${from} is ${newer} ${newer === 1 ? 'change' : 'changes'} ahead.`;
}

function promotionText(
  { environment, image }: PipelineStage,
  source: PipelineStage,
  newer: number | undefined,
): string {
  const from = source.environment;
  const changes = changesText(from, environment, newer);
  if (!image || !source.image) {
    return changes;
  }
  return image === source.image
    ? `${changes} Both run image ${formatVersion(image)}.`
    : `${changes} Image: ${formatVersion(image)} → ${formatVersion(
        source.image,
      )}.`;
}
