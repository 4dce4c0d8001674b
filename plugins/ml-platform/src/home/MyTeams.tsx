import { Link, Text } from '@backstage/ui';
import {
  healthStateSchema,
  type TeamOverview,
} from '@internal/plugin-ml-platform-common';
import { HEALTH_LABELS, HEALTH_TONES } from '../components/healthStates';
import { LiveContent } from '../components/shared/LiveContent';
import { Pill } from '../components/shared/Pill';
import { FirstSteps } from './FirstSteps';
import styles from './home.module.css';
import { useMyTeams } from './useHome';

const MAX_TEAMS = 8;

/** Home widget: the teams of the person, each with its workloads by state; the way to the first service before there is one. */
export function MyTeams() {
  return (
    <LiveContent subject="your teams" live={useMyTeams()}>
      {({ items, total, areMine }) => {
        if (items.length === 0) {
          return (
            <Text color="secondary">
              You are in no team that has a namespace yet. Ask the platform team
              to add you to one.
            </Text>
          );
        }
        return (
          <>
            {areMine && items.every(({ workloads }) => workloads === 0) && (
              <FirstSteps />
            )}
            <ul className={styles.list} aria-label="Teams">
              {items.slice(0, MAX_TEAMS).map(team => (
                <li key={team.team} className={styles.item}>
                  <Team overview={team} />
                </li>
              ))}
            </ul>
            {total > MAX_TEAMS && (
              <Link href="/ml-platform/teams">All {total} teams</Link>
            )}
          </>
        );
      }}
    </LiveContent>
  );
}

function Team({ overview }: { overview: TeamOverview }) {
  const { team, counts, workloads } = overview;
  return (
    <div className={styles.head}>
      <Link href={`/catalog/default/group/${encodeURIComponent(team)}`}>
        {team}
      </Link>
      {workloads === 0 && <Text color="secondary">No workloads yet</Text>}
      {healthStateSchema.options
        .filter(state => counts[state] > 0)
        .map(state => (
          <Pill key={state} tone={HEALTH_TONES[state]}>
            {counts[state]} {HEALTH_LABELS[state].toLocaleLowerCase('en-US')}
          </Pill>
        ))}
    </div>
  );
}
