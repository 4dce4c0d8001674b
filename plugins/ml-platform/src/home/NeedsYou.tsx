import { Link, Text } from '@backstage/ui';
import type {
  ChangeRequestSummary,
  Teams,
} from '@internal/plugin-ml-platform-common';
import type { ReactNode } from 'react';
import { LiveContent } from '../components/shared/LiveContent';
import { PartNotice } from '../components/shared/PartNotice';
import { Pill, type Tone } from '../components/shared/Pill';
import { reasonText } from '../components/shared/reasonText';
import { workloadHref } from '../components/shared/workloadHref';
import { waitingFor } from '../pages/requests/requestProgress';
import styles from './home.module.css';
import { useMyRequests, useMyTeams } from './useHome';

const MAX_ITEMS = 8;

interface Item {
  id: string;
  tone: Tone;
  label: string;
  title: ReactNode;
  text: string;
}

/** Home widget: what blocks somebody, production first. */
export function NeedsYou() {
  const teams = useMyTeams();
  const requests = useMyRequests();
  return (
    <>
      <PartNotice subject="your requests" live={requests} />
      <LiveContent subject="the state of your teams" live={teams}>
        {value => (
          <Items
            teams={value}
            // Absent while they are not known.
            requests={requests.value?.items}
          />
        )}
      </LiveContent>
    </>
  );
}

function Items(props: { teams: Teams; requests?: ChangeRequestSummary[] }) {
  const { teams, requests } = props;
  const items = [...requestItems(requests ?? []), ...problemItems(teams)];
  if (items.length === 0) {
    return <Text color="secondary">{nothingText(teams, requests)}</Text>;
  }
  return (
    <ul className={styles.list} aria-label="Needs you">
      {items.slice(0, MAX_ITEMS).map(({ id, tone, label, title, text }) => (
        <li key={id} className={styles.item}>
          <div className={styles.head}>
            <Pill tone={tone}>{label}</Pill>
            {title}
          </div>
          <Text as="div" variant="body-small">
            {text}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function requestItems(requests: ChangeRequestSummary[]): Item[] {
  return requests
    .filter(({ failed, step }) => failed || step === 'merged')
    .map(request => ({
      id: `request ${request.number}`,
      tone: request.failed ? 'bad' : 'warning',
      label: request.failed ? 'Request failed' : 'Approved',
      title: (
        <Link href={`/ml-platform/requests/${request.number}`}>
          #{request.number} {request.title}
        </Link>
      ),
      text: waitingFor(request).text,
    }));
}

function problemItems({ items }: Teams): Item[] {
  return items.flatMap(({ team, problems }) =>
    problems.map(({ workload, environment, reason }) => ({
      id: `${team} ${workload} ${environment}`,
      tone: 'bad' as const,
      label: `Degraded in ${environment}`,
      title: <Link href={workloadHref({ team, workload })}>{workload}</Link>,
      text: reason ? reasonText(reason) : 'The reason is not known.',
    })),
  );
}

/** Says no more than what is known. */
function nothingText(
  { items }: Teams,
  requests: ChangeRequestSummary[] | undefined,
): string {
  const unknown = items.reduce((sum, { counts }) => sum + counts.unknown, 0);
  const workloads =
    unknown > 0
      ? `The state of ${unknown} workloads is unknown; no other is degraded.`
      : 'No workload is degraded.';
  return requests
    ? `${workloads} None of your requests waits for you.`
    : workloads;
}
