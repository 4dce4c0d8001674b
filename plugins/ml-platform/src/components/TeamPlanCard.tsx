import { useApi } from '@backstage/core-plugin-api';
import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Flex, Skeleton, Text } from '@backstage/ui';
import {
  TEAM_ANNOTATION,
  type TeamPlan,
} from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { useRequest } from '../hooks/useRequest';
import { ErrorNotice } from './shared/ErrorNotice';

const TEMPLATE = '/create/templates/default/team-namespace';

/** Card with a team's environments and its share of the queue, and links to the forms that change them. */
export function TeamPlanCard() {
  const { entity } = useEntity();
  const team = entity.metadata.annotations?.[TEAM_ANNOTATION] ?? '';
  const client = useApi(mlPlatformApiRef);
  const { value, error, loading, retry } = useRequest(
    useCallback(() => client.teamRequests.getPlan(team), [client, team]),
  );
  return (
    <EntityInfoCard
      title="Namespaces and share"
      headerActions={value && <Changes plan={value} />}
    >
      {error && !loading && (
        <ErrorNotice
          title="The team could not be read"
          error={error}
          onRetry={retry}
        />
      )}
      {!value && loading && <Skeleton height={56} />}
      {value && <Values plan={value} />}
    </EntityInfoCard>
  );
}

function Changes({ plan: { commit, values } }: { plan: TeamPlan }) {
  const href = (mode: string) =>
    `${TEMPLATE}?formData=${encodeURIComponent(
      JSON.stringify({ ...values, mode, basedOn: commit }),
    )}`;
  return (
    <Flex gap="2">
      <ButtonLink size="small" variant="secondary" href={href('edit')}>
        Change
      </ButtonLink>
      <ButtonLink size="small" variant="tertiary" href={href('remove')}>
        Remove
      </ButtonLink>
    </Flex>
  );
}

function Values({ plan: { values } }: { plan: TeamPlan }) {
  const { environments, group, gpus, cpu, memory } = values;
  const rows = [
    ...Object.entries(environments).map(([name, { tier }]) => [name, tier]),
    ['Queue', `${gpus} GPUs, ${cpu} CPUs, ${memory}`],
    ['Owner', group],
  ];
  return (
    <Flex direction="column" gap="2">
      {rows.map(([label, text]) => (
        <Flex key={label} gap="3">
          <Text color="secondary" style={{ minWidth: '6rem' }}>
            {label}
          </Text>
          <Text>{text}</Text>
        </Flex>
      ))}
    </Flex>
  );
}
