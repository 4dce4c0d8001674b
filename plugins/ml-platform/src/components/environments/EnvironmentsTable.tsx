import { Badge, Cell, Table, Text, type ColumnConfig } from '@backstage/ui';
import type {
  HealthReason,
  HealthState,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import { APPLICATION_CODES, ApplicationState } from '../ApplicationState';
import type { ChangeLink } from '../changeLinks';
import { ChangeMenu } from '../ChangeMenu';
import { formatRevisions } from '../formatRevisions';
import { formatImage } from '../shared/formatImage';
import { reasonText } from '../shared/reasonText';
import { timeAgo } from '../shared/time';
import { TextCell } from '../shared/TextCell';

export type EnvironmentRow = WorkloadEnvironment & {
  id: string;
  /** True when its template changed since it was made. */
  isBehind: boolean;
  links: ChangeLink[];
};

/** Reasons that the Application column and the alerts below the table already show. */
const SHOWN_ELSEWHERE: HealthReason['code'][] = [
  'not-deployed',
  ...APPLICATION_CODES,
];

/** States whose reasons describe what is planned. */
const PLANNED_STATES: HealthState[] = ['progressing', 'suspended'];

const columns: ColumnConfig<EnvironmentRow>[] = [
  {
    id: 'environment',
    label: 'Environment',
    isRowHeader: true,
    defaultWidth: '3fr',
    cell: ({ environment, namespace, isBehind }) => (
      <TextCell title={environment} description={namespace}>
        {isBehind && <Badge size="small">Newer template</Badge>}
      </TextCell>
    ),
  },
  {
    id: 'state',
    label: 'Sync and health',
    defaultWidth: '4fr',
    cell: ({ application, health }) => (
      <Cell>
        <ApplicationState application={application} health={health} />
      </Cell>
    ),
  },
  {
    id: 'pods',
    label: 'Pods ready',
    defaultWidth: '3fr',
    cell: ({ pods, health }) => (
      <Cell>
        <Text as="div">
          {pods.total === 0 ? 'None' : `${pods.ready} of ${pods.total}`}
        </Text>
        {health.reasons
          .filter(({ code }) => !SHOWN_ELSEWHERE.includes(code))
          .map(reason => (
            <Text
              as="div"
              key={reason.text}
              variant="body-small"
              color={
                PLANNED_STATES.includes(health.state) ? 'secondary' : 'danger'
              }
            >
              {reasonText(reason)}
            </Text>
          ))}
      </Cell>
    ),
  },
  {
    id: 'image',
    label: 'Image',
    defaultWidth: '3fr',
    cell: ({ image }) => <TextCell title={image ? formatImage(image) : '–'} />,
  },
  {
    id: 'revision',
    label: 'Deployed',
    minWidth: 100,
    defaultWidth: '2fr',
    cell: ({ application }) => (
      <TextCell
        title={formatRevisions(application)}
        description={application?.deployedAt && timeAgo(application.deployedAt)}
      />
    ),
  },
];

const columnsWithMenu: ColumnConfig<EnvironmentRow>[] = [
  ...columns,
  {
    id: 'change',
    label: 'Change',
    width: 90,
    cell: ({ environment, links }) => (
      <Cell>
        {links.length > 0 && <ChangeMenu subject={environment} links={links} />}
      </Cell>
    ),
  },
];

/** Table of the environments of a workload, with a menu of changes where there are any. */
export function EnvironmentsTable({ rows }: { rows: EnvironmentRow[] }) {
  return (
    <Table
      columnConfig={
        rows.some(({ links }) => links.length > 0) ? columnsWithMenu : columns
      }
      data={rows}
      pagination={{ type: 'none' }}
    />
  );
}
