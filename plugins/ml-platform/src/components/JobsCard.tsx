import {
  ButtonLink,
  Cell,
  Link,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import {
  formatGpus,
  type JobSummary,
} from '@internal/plugin-ml-platform-common';
import { useChanges } from '../hooks/useChanges';
import { useEntityTab } from '../hooks/useEntityTab';
import { useWorkload } from '../hooks/useWorkload';
import { useWorkloadTarget } from '../hooks/useWorkloadTarget';
import { newRunLink, runLinks, type RunLink } from './changeLinks';
import { ChangeMenu } from './ChangeMenu';
import { jobDuration, jobNote, JOB_TONES } from './jobs';
import { LiveCard } from './shared/LiveCard';
import { Pill } from './shared/Pill';
import { TextCell } from './shared/TextCell';

type JobRow = JobSummary & { id: string; links: RunLink[] };

const ENDED: JobSummary['state'][] = ['Succeeded', 'Failed'];

/** Card with a workload's Jobs (training runs included) and CronJobs, and the forms that run a training job again or cancel a run. */
export function JobsCard() {
  const live = useWorkload({ withFindings: true });
  const target = useWorkloadTarget();
  const tabHref = useEntityTab();
  const names = live.value?.jobs.map(({ name }) => name).join(' ') ?? '';
  const answers = useChanges(target, names);
  const newRun = answers?.mayRequest && newRunLink(target, answers);
  const linksOf = ({ environment, run, state }: JobSummary) =>
    answers?.mayRequest && run
      ? runLinks({
          target,
          answers,
          environment,
          run,
          hasEnded: ENDED.includes(state),
        })
      : [];
  if (live.value?.jobs.length === 0) {
    return null;
  }
  return (
    <LiveCard
      title="Jobs"
      live={live}
      headerActions={
        newRun && (
          <ButtonLink href={newRun} size="small" variant="secondary">
            New run
          </ButtonLink>
        )
      }
    >
      {({ jobs }) => (
        <Table
          columnConfig={jobColumns({
            logHref: (environment, pod) =>
              tabHref('workloads', { environment, pod }),
            withMenu: jobs.some(job => linksOf(job).length > 0),
          })}
          data={jobs.map(job => ({
            ...job,
            links: linksOf(job),
            id: `${job.cluster}/${job.namespace}/${job.kind}/${job.name}`,
          }))}
          pagination={{ type: 'none' }}
        />
      )}
    </LiveCard>
  );
}

const MENU: ColumnConfig<JobRow> = {
  id: 'change',
  label: 'Change',
  width: 90,
  cell: ({ name, links }) => (
    <Cell>
      {links.length > 0 && <ChangeMenu subject={name} links={links} />}
    </Cell>
  ),
};

function jobColumns({
  logHref,
  withMenu,
}: {
  logHref: (environment: string, pod: string) => string;
  withMenu: boolean;
}): ColumnConfig<JobRow>[] {
  return [
    {
      id: 'name',
      label: 'Name',
      isRowHeader: true,
      defaultWidth: '2fr',
      cell: ({ name, kind, run }) => (
        <TextCell title={name} description={run ? 'Training run' : kind} />
      ),
    },
    {
      id: 'environment',
      label: 'Environment',
      defaultWidth: '1.3fr',
      cell: ({ environment }) => <TextCell title={environment} />,
    },
    {
      id: 'state',
      label: 'State',
      defaultWidth: '2fr',
      cell: job => (
        <Cell>
          <Pill tone={JOB_TONES[job.state]}>{job.state}</Pill>
          {jobNote(job).map(note => (
            <Text as="div" key={note} variant="body-small" color="secondary">
              {note}
            </Text>
          ))}
        </Cell>
      ),
    },
    {
      id: 'gpus',
      label: 'GPUs',
      defaultWidth: '1fr',
      cell: ({ gpuAmounts }) => <TextCell title={formatGpus(gpuAmounts)} />,
    },
    {
      id: 'duration',
      label: 'Duration',
      defaultWidth: '1fr',
      cell: job => <TextCell title={jobDuration(job) ?? '–'} />,
    },
    {
      id: 'logs',
      label: 'Logs',
      defaultWidth: '1fr',
      cell: ({ pod, name, environment }) => (
        <Cell>
          {pod ? (
            <Link
              href={logHref(environment, pod)}
              aria-label={`Log of ${name}`}
            >
              Log
            </Link>
          ) : (
            <Text color="secondary">No pod</Text>
          )}
        </Cell>
      ),
    },
    ...(withMenu ? [MENU] : []),
  ];
}
