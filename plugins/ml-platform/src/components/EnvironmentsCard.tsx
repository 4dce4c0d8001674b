import {
  Alert,
  Badge,
  Cell,
  Flex,
  Table,
  Text,
  type ColumnConfig,
} from '@backstage/ui';
import type {
  HealthReason,
  HealthState,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import { useChanges } from '../hooks/useChanges';
import { useWorkload } from '../hooks/useWorkload';
import { useWorkloadTarget } from '../hooks/useWorkloadTarget';
import { APPLICATION_CODES, ApplicationState } from './ApplicationState';
import { changeLinks, type ChangeLink } from './changeLinks';
import { ChangeMenu } from './ChangeMenu';
import { formatRevisions } from './formatRevisions';
import { LiveCard } from './shared/LiveCard';
import { reasonText } from './shared/reasonText';
import { timeAgo } from './shared/time';
import { TextCell } from './shared/TextCell';

type EnvironmentRow = WorkloadEnvironment & {
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
    cell: ({ image }) => <TextCell title={image ? imageName(image) : '–'} />,
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
        {links.length > 0 && (
          <ChangeMenu environment={environment} links={links} />
        )}
      </Cell>
    ),
  },
];

/** Card with sync, health and reasons of a workload in every environment, and a menu to change it there. */
export function EnvironmentsCard() {
  const live = useWorkload();
  return (
    <LiveCard title="Environments" live={live}>
      {({ environments }) =>
        environments.length === 0 ? (
          <Text>
            The platform has no environments yet. Set them in the portal's
            configuration.
          </Text>
        ) : (
          <Environments environments={environments} />
        )
      }
    </LiveCard>
  );
}

function Environments(props: { environments: WorkloadEnvironment[] }) {
  const { environments } = props;
  const target = useWorkloadTarget();
  const { answers, mayRequest } = useChanges(
    target,
    environments.map(({ application }) => application?.revision).join(' '),
  );
  const rows = environments.map(row => {
    const { environment } = row;
    return {
      ...row,
      id: environment,
      isBehind: Boolean(
        answers?.items.find(item => item.environment === environment)?.isBehind,
      ),
      links:
        answers && mayRequest
          ? changeLinks({ target, environment, environments, answers })
          : [],
    };
  });
  return (
    <Flex direction="column" gap="3">
      <Table
        columnConfig={
          rows.some(({ links }) => links.length > 0) ? columnsWithMenu : columns
        }
        data={rows}
        pagination={{ type: 'none' }}
      />
      {environments.map(environment => (
        <Conditions key={environment.environment} {...environment} />
      ))}
    </Flex>
  );
}

const STATUSES = {
  error: 'danger',
  warning: 'warning',
  info: 'info',
} as const;

function Conditions({ environment, application }: WorkloadEnvironment) {
  return application?.conditions.map(
    ({ type, message, severity, resources = [] }) => (
      <Alert
        key={`${type} ${message}`}
        role="status"
        status={STATUSES[severity]}
        icon
        title={`${environment}: ${[
          type,
          ...resources.map(({ kind, name }) => `${kind} ${name}`),
        ].join(', ')}`}
        description={message}
      />
    ),
  );
}

/** Image name and tag without registry and path, which all images of a team share. */
function imageName(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).replace(/@sha256:.*/, '');
}
