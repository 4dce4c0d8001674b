import { useApi } from '@backstage/core-plugin-api';
import { ButtonLink, Container, Flex, Link, Text } from '@backstage/ui';
import type {
  ChangeRequestDetail,
  ChangeRequestStep,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { useParams } from 'react-router-dom';
import { mlPlatformApiRef } from '../../api/mlPlatformApi';
import { LiveContent } from '../../components/shared/LiveContent';
import { absoluteTime, duration } from '../../components/shared/time';
import { Timeline, type TimelineStep } from '../../components/shared/Timeline';
import { workloadHref } from '../../components/shared/workloadHref';
import { useLive } from '../../hooks/useLive';
import { requesterOf, stepTitle } from './requestProgress';
import { RequestState } from './RequestState';
import styles from './requests.module.css';
import { StepAnnouncer } from './StepAnnouncer';

/** One change request, from opened to healthy, with the time that each step took. */
export function RequestDetail() {
  const { number = '' } = useParams();
  const client = useApi(mlPlatformApiRef);
  const live = useLive(
    useCallback(() => client.getChangeRequest(number), [client, number]),
    ({ teams }) => teams.map(team => `requests:${team}`),
  );
  return (
    <main>
      <Container>
        <Flex direction="column" gap="4">
          <Link href="/ml-platform/requests?view=all">All requests</Link>
          <LiveContent subject={`request #${number}`} live={live}>
            {request => <Detail request={request} />}
          </LiveContent>
        </Flex>
      </Container>
    </main>
  );
}

function Detail({ request }: { request: ChangeRequestDetail }) {
  const { number, title, teams, workloads, link, openedAt } = request;
  return (
    <Flex direction="column" gap="4">
      <StepAnnouncer requests={[request]} />
      <div className={styles.head}>
        <Text as="h2" variant="title-small" className={styles.title}>
          #{number} {title}
        </Text>
        {link && (
          <ButtonLink
            href={link}
            target="_blank"
            rel="noopener noreferrer"
            variant="secondary"
          >
            Open at the forge
          </ButtonLink>
        )}
      </div>
      <Text color="secondary">
        {teams.join(', ')} · by {requesterOf(request)}, {absoluteTime(openedAt)}
      </Text>
      {workloads.length > 0 && (
        <Flex gap="3" style={{ flexWrap: 'wrap' }}>
          {workloads.map(({ team, workload }) => (
            <Link
              key={`${team}/${workload}`}
              href={workloadHref({ team, workload })}
            >
              {workload}
            </Link>
          ))}
        </Flex>
      )}
      <RequestState request={request} />
      <Timeline
        label={`Steps of #${number}`}
        orientation="vertical"
        steps={timedSteps(request)}
      />
    </Flex>
  );
}

/** The steps with the time of each, and how long it took since the one before it. */
function timedSteps({ steps }: ChangeRequestDetail): TimelineStep[] {
  let before: string | undefined;
  return steps.map((step, index) => {
    const since = before;
    if (step.state === 'passed' && step.at) {
      before = step.at;
    }
    return {
      id: `${index} ${step.id}`,
      title: stepTitle(step),
      state: step.state,
      children: <StepDetails step={step} since={since} />,
    };
  });
}

function StepDetails(props: { step: ChangeRequestStep; since?: string }) {
  const { at, text, link, state, id } = props.step;
  const took =
    props.since && at && state === 'passed' && at >= props.since
      ? `, after ${duration(props.since, at)}`
      : '';
  return (
    <>
      {at && (
        <Text as="div" variant="body-small" color="secondary">
          {absoluteTime(at)}
          {took}
        </Text>
      )}
      {text && (
        <Text as="div" variant="body-small">
          {text}
        </Text>
      )}
      {id === 'check' && link && (
        <Link
          href={link}
          target="_blank"
          rel="noopener noreferrer"
          variant="body-small"
        >
          Open the check
        </Link>
      )}
    </>
  );
}
