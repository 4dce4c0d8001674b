import type { Entity } from '@backstage/catalog-model';
import { Skeleton, Text, VisuallyHidden } from '@backstage/ui';
import type { WorkloadState } from '@internal/plugin-ml-platform-common';
import type { ReactNode } from 'react';
import { HEALTH_LABELS, HEALTH_TONES } from '../components/healthStates';
import { SeverityLine } from '../components/SeverityLine';
import { formatVersion } from '../components/shared/formatImage';
import { Pill } from '../components/shared/Pill';
import { useWorkloadState } from './WorkloadStatesContext';

/** Worst state of a workload's environments, with the reason when there is a problem. */
export function HealthCell({ entity }: { entity: Entity }) {
  return (
    <StateCell entity={entity}>
      {({ state, environments }) => {
        const worst = environments.findLast(each => each.state === state);
        return (
          <>
            <Pill tone={HEALTH_TONES[state]}>{HEALTH_LABELS[state]}</Pill>
            {worst?.reason && state !== 'healthy' && (
              <Text as="div" variant="body-small" color="secondary">
                {worst.environment}: {worst.reason.text}
              </Text>
            )}
          </>
        );
      }}
    </StateCell>
  );
}

/** Versions of a workload by environment. */
export function EnvironmentsCell({ entity }: { entity: Entity }) {
  return (
    <StateCell entity={entity}>
      {({ environments }) =>
        environments.length === 0 ? (
          <Text color="secondary">None</Text>
        ) : (
          [...Map.groupBy(environments, versionText)].map(([text, same]) => (
            <Text as="div" key={text} variant="body-small">
              {same.map(({ environment }) => environment).join(', ')}
              {text}
            </Text>
          ))
        )
      }
    </StateCell>
  );
}

/** Version and, unless healthy, state of an environment; environments with the same one share a line. */
function versionText({
  image,
  state,
}: WorkloadState['environments'][number]): string {
  const version = image ? ` ${formatVersion(image)}` : '';
  return state === 'healthy'
    ? version
    : `${version}, ${HEALTH_LABELS[state].toLocaleLowerCase('en-US')}`;
}

/** Findings of a workload by severity. Without a report it is not clean, but unknown. */
export function FindingsCell({ entity }: { entity: Entity }) {
  return (
    <StateCell entity={entity}>
      {({ findings }) => {
        if (!findings) {
          return <NoAccess />;
        }
        const { counts, fixable, images, withoutReport } = findings;
        if (images === 0) {
          return <Text color="secondary">No images</Text>;
        }
        return (
          <>
            {withoutReport < images && (
              <SeverityLine counts={counts} fixable={fixable} />
            )}
            {withoutReport > 0 && (
              <Text as="div" variant="body-small" color="secondary">
                {withoutReport} of {images} not scanned
              </Text>
            )}
          </>
        );
      }}
    </StateCell>
  );
}

function StateCell(props: {
  entity: Entity;
  children: (state: WorkloadState) => ReactNode;
}) {
  const listed = useWorkloadState(props.entity);
  switch (listed.status) {
    case 'known':
      return <>{props.children(listed.state)}</>;
    case 'loading':
      return (
        <>
          <VisuallyHidden>Loading</VisuallyHidden>
          <Skeleton height={20} width={64} />
        </>
      );
    case 'failed':
      return <Text color="secondary">Unknown</Text>;
    case 'hidden':
      return <NoAccess />;
    default:
      return <Text color="secondary">–</Text>;
  }
}

function NoAccess() {
  return <Text color="secondary">Only for its team</Text>;
}
