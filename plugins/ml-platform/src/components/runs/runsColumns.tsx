import { Cell, Link, Text, type ColumnConfig } from '@backstage/ui';
import {
  formatGpus,
  type Run,
  type Runs,
} from '@internal/plugin-ml-platform-common';
import { formatVersion } from '../shared/formatImage';
import { Pill } from '../shared/Pill';
import { TextCell } from '../shared/TextCell';
import { absoluteTime, timeAgo } from '../shared/time';
import {
  gpuCostText,
  gpuHoursText,
  runDuration,
  runName,
  runState,
  RUN_TONES,
} from './runTexts';

export type RunRow = Run & {
  /** Link to the log; absent when there is no pod any more. */
  logHref?: string;
};

export function runsColumns(prices: Runs['prices']): ColumnConfig<RunRow>[] {
  return [
    {
      id: 'name',
      label: 'Run',
      isRowHeader: true,
      defaultWidth: '3fr',
      cell: run => (
        <TextCell
          title={runName(run)}
          description={
            run.scheduledBy
              ? `${run.environment}, by CronJob ${run.scheduledBy}`
              : run.environment
          }
        />
      ),
    },
    {
      id: 'state',
      label: 'State',
      defaultWidth: '4fr',
      cell: run => (
        <Cell>
          <Pill tone={RUN_TONES[run.state]}>{runState(run)}</Pill>
          {run.reason && (
            <Text as="div" variant="body-small" color="secondary">
              {run.reason}
            </Text>
          )}
        </Cell>
      ),
    },
    {
      id: 'started',
      label: 'Started',
      defaultWidth: '2fr',
      cell: ({ startedAt, createdAt }) => (
        <TextCell
          title={startedAt ? absoluteTime(startedAt) : 'Not yet'}
          description={
            startedAt
              ? timeAgo(startedAt)
              : createdAt && `submitted ${timeAgo(createdAt)}`
          }
        />
      ),
    },
    {
      id: 'lasted',
      label: 'Lasted',
      defaultWidth: '1.5fr',
      cell: run => <TextCell title={runDuration(run) ?? '–'} />,
    },
    {
      id: 'gpuHours',
      label: 'GPU hours',
      defaultWidth: '1.5fr',
      minWidth: 120,
      cell: run => (
        <TextCell
          title={gpuHoursText(run)}
          description={[
            run.gpuAmounts.length > 0 &&
              `${formatGpus(run.gpuAmounts)} per pod`,
            prices && gpuCostText(run, prices),
          ]
            .filter(Boolean)
            .join(', ')}
        />
      ),
    },
    {
      id: 'image',
      label: 'Image',
      defaultWidth: '2fr',
      cell: ({ image }) => (
        <TextCell title={image ? formatVersion(image) : '–'} />
      ),
    },
    {
      id: 'log',
      label: 'Log',
      width: 90,
      cell: run => (
        <Cell>
          {run.logHref ? (
            <Link href={run.logHref} aria-label={`Log of ${runName(run)}`}>
              Log
            </Link>
          ) : (
            <Text color="secondary">No pod</Text>
          )}
        </Cell>
      ),
    },
  ];
}
