import { EntityInfoCard, useEntity } from '@backstage/plugin-catalog-react';
import { ButtonLink, Flex, Skeleton, Text } from '@backstage/ui';
import {
  TEAM_ANNOTATION,
  type TeamPlan,
} from '@internal/plugin-ml-platform-common';
import { useTeamPlan } from '../hooks/useTeamPlan';
import { ErrorNotice } from './shared/ErrorNotice';

const TEMPLATES = '/create/templates/default';

/** Card with a team's environments and its share of the queue, and links to the forms that change them. */
export function TeamPlanCard() {
  const { entity } = useEntity();
  const team = entity.metadata.annotations?.[TEAM_ANNOTATION] ?? '';
  const { value, error, loading, retry } = useTeamPlan(team);
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
  const { team, group } = values;
  const href = (template: string, formData: object) =>
    `${TEMPLATES}/${template}?formData=${encodeURIComponent(
      JSON.stringify(formData),
    )}`;
  const change = (mode: string) =>
    href('team-namespace', { ...values, mode, basedOn: commit });
  return (
    <Flex gap="2">
      <ButtonLink
        size="small"
        variant="secondary"
        href={href('change-quota', { team, group })}
      >
        Change quota
      </ButtonLink>
      <ButtonLink size="small" variant="secondary" href={change('edit')}>
        Change
      </ButtonLink>
      <ButtonLink size="small" variant="tertiary" href={change('remove')}>
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
