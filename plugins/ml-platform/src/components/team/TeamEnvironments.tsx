import { Link, Text } from '@backstage/ui';
import {
  healthStateSchema,
  type EnvironmentQuota,
  type QuotaResource,
  type TeamCost,
  type TeamWorkload,
} from '@internal/plugin-ml-platform-common';
import { HEALTH_LABELS, HEALTH_TONES } from '../healthStates';
import { Meter } from '../shared/Meter';
import { Pill } from '../shared/Pill';
import { quotaUse, REQUESTS_AND_LIMITS } from '../shared/quotaUse';
import styles from './team.module.css';

interface TeamEnvironmentsProps {
  environments: EnvironmentQuota[];
  /** Absent while they are not known. */
  workloads: TeamWorkload[] | undefined;
  idleQuota: TeamCost['idleQuota'];
  changeQuotaHref: string | undefined;
}

/** Environments of a team side by side, each with the health of its workloads, Argo CD's state and the use of its quota. */
export function TeamEnvironments(props: TeamEnvironmentsProps) {
  return (
    <ol className={styles.environments} aria-label="Environments">
      {props.environments.map(quota => (
        <li key={quota.environment} className={styles.environment}>
          <Environment {...props} quota={quota} />
        </li>
      ))}
    </ol>
  );
}

function Environment(
  props: TeamEnvironmentsProps & { quota: EnvironmentQuota },
) {
  const { quota, workloads, idleQuota, changeQuotaHref } = props;
  const { environment, namespace, cluster } = quota;
  const idle = idleQuota.find(each => each.environment === environment);
  return (
    <>
      <Text as="h2" variant="title-x-small">
        {environment}
      </Text>
      <Text variant="body-small" color="secondary">
        {namespace ? `${namespace} in ${cluster}` : 'No namespace'}
      </Text>
      {namespace && (
        <>
          {workloads && <Workloads environment={environment} all={workloads} />}
          <Quota environment={environment} resources={quota.resources} />
          {idle && (
            <Text variant="body-small" color="secondary">
              {Math.round(idle.share * 100)} % of the quota's price unused
            </Text>
          )}
          {changeQuotaHref && (
            <Link
              href={changeQuotaHref}
              aria-label={`Request more quota for ${environment}`}
            >
              Request more quota
            </Link>
          )}
        </>
      )}
    </>
  );
}

function Workloads(props: { environment: string; all: TeamWorkload[] }) {
  const here = props.all.flatMap(({ environments }) =>
    environments.filter(
      ({ environment, health }) =>
        environment === props.environment && health.state !== 'missing',
    ),
  );
  const outOfSync = here.filter(({ sync }) => sync === 'OutOfSync').length;
  const uncertain = here.filter(({ sync }) => sync === 'Unknown').length;
  if (here.length === 0) {
    return <Text color="secondary">Nothing is deployed.</Text>;
  }
  return (
    <>
      <div className={styles.pills}>
        {healthStateSchema.options.map(state => {
          const count = here.filter(
            ({ health }) => health.state === state,
          ).length;
          return (
            count > 0 && (
              <Pill key={state} tone={HEALTH_TONES[state]}>
                {count} {HEALTH_LABELS[state].toLocaleLowerCase('en-US')}
              </Pill>
            )
          );
        })}
      </div>
      <Text variant="body-small" color="secondary">
        {outOfSync + uncertain === 0
          ? 'Argo CD: all in sync'
          : `Argo CD: ${[
              outOfSync > 0 && `${outOfSync} out of sync`,
              uncertain > 0 && `${uncertain} unknown`,
            ]
              .filter(Boolean)
              .join(', ')}`}
      </Text>
    </>
  );
}

function Quota(props: { environment: string; resources: QuotaResource[] }) {
  const { environment, resources } = props;
  const bars = [
    ...quotaUse(resources, REQUESTS_AND_LIMITS),
    ...gpuUse(resources),
  ];
  if (bars.length === 0) {
    return (
      <Text variant="body-small" color="secondary">
        No quota, or its use is not known yet.
      </Text>
    );
  }
  return (
    <>
      {bars.map(({ name, used, hard, text }) => (
        <div key={name} className={styles.quota}>
          <Text variant="body-small">{name}</Text>
          <Meter
            label={`${name} in ${environment}`}
            value={used}
            max={hard}
            text={text}
          />
        </div>
      ))}
    </>
  );
}

/** Amounts of different sorts of GPUs are never added up. */
function gpuUse(resources: QuotaResource[]) {
  return resources.flatMap(({ gpu, used, hard, scopes }) =>
    gpu && used !== undefined && hard > 0 && scopes.length === 0
      ? [
          {
            name: `${gpu.name}s`,
            used,
            hard,
            text: `${used} of ${hard} in use${used >= hard ? ', full' : ''}`,
          },
        ]
      : [],
  );
}
