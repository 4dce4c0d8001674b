import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Flex, Grid, Select, Text } from '@backstage/ui';
import type { EnvironmentQuota } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { Meter } from '../components/shared/Meter';
import { quotaUse } from '../components/shared/quotaUse';
import { useRequest } from '../hooks/useRequest';
import { useTeamPlan } from '../hooks/useTeamPlan';
import { FieldGroup } from './FieldGroup';
import { LoadingField } from './LoadingField';
import { requestValues } from './requestValues';

const schema = makeFieldSchema({
  output: z => z.record(z.string()),
  uiOptions: z =>
    z.object({
      tiers: z
        .record(z.string())
        .describe('Labels of the tiers by name, the smallest first'),
    }),
});

/**
 * Selects another tier for environments that a team has, beside what is in use. The value has those that change only, so that
 * a form that was open for long takes nothing back.
 */
function TeamSizes(props: typeof schema.TProps) {
  const { formData = {}, onChange, schema: text, uiSchema } = props;
  const { team } = requestValues(props.formContext?.formData);
  const client = useApi(mlPlatformApiRef);
  const { value: plan, error, loading, retry } = useTeamPlan(team);
  const quota = useRequest(
    useCallback(
      async () => (team ? client.teamRequests.getQuota(team) : undefined),
      [client, team],
    ),
  );
  if (error && !loading) {
    return (
      <ErrorNotice
        title="Could not load the sizes of the team"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (loading) {
    return <LoadingField subject="sizes" />;
  }
  const tiers = uiSchema?.['ui:options']?.tiers ?? {};
  const labelOf = (tier: string) => tiers[tier] ?? tier;
  const environments = Object.entries(plan?.values.environments ?? {});
  const select = (environment: string, tier: string, today: string) => {
    const { [environment]: _, ...others } = formData;
    onChange(tier === today ? others : { ...others, [environment]: tier });
  };
  return (
    <FieldGroup
      title={text.title ?? 'Sizes'}
      description={plan ? text.description : 'Choose the team first.'}
    >
      <Grid.Root columns={{ initial: '1', md: '2' }} gap="4">
        {environments.map(([name, { tier: today }]) => (
          <Flex key={name} direction="column" gap="2">
            <Select
              label={name}
              description={`Today: ${labelOf(today)}`}
              options={[...new Set([today, ...Object.keys(tiers)])]
                .sort(byPosition(Object.keys(tiers)))
                .map(tier => ({ value: tier, label: labelOf(tier) }))}
              value={formData[name] ?? today}
              onChange={key => select(name, String(key), today)}
            />
            <InUse
              environment={name}
              loading={quota.loading}
              quota={quota.value?.environments.find(
                ({ environment }) => environment === name,
              )}
            />
          </Flex>
        ))}
      </Grid.Root>
    </FieldGroup>
  );
}

function byPosition(order: string[]) {
  return (a: string, b: string) => order.indexOf(a) - order.indexOf(b);
}

/** Requests of pods, of the quota. The form goes on without them. */
function InUse(props: {
  environment: string;
  loading: boolean;
  quota: EnvironmentQuota | undefined;
}) {
  const { environment, loading, quota } = props;
  const uses = quotaUse(quota?.resources ?? []);
  if (uses.length === 0) {
    return (
      <Text variant="body-small" color="secondary">
        {loading ? 'Reading what is in use…' : 'Use is not known'}
      </Text>
    );
  }
  return uses.map(({ name, used, hard, text }) => (
    <Meter
      key={name}
      label={`${name} in use in ${environment}`}
      value={used}
      max={hard}
      text={text}
    />
  ));
}

export const field = createFormField({
  name: 'MlPlatformTeamSizes',
  component: TeamSizes,
  schema,
});
