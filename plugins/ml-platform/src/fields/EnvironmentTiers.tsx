import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Grid, Select } from '@backstage/ui';
import { useCallback } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { useRequest } from '../hooks/useRequest';
import { FieldGroup } from './FieldGroup';
import { FieldProblem } from './FieldProblem';
import { LoadingField } from './LoadingField';

const schema = makeFieldSchema({
  output: z => z.record(z.object({ tier: z.string() })),
  uiOptions: z =>
    z.object({
      tiers: z
        .record(z.string())
        .describe('Labels of the tiers by name, the smallest first'),
    }),
});

/** Option of an environment that the team does not have. */
const NONE = 'none';
const NONE_CHOSEN = 'Choose a size for at least one environment.';

/** Selects a tier for each environment that a team is to have. */
function EnvironmentTiers(props: typeof schema.TProps) {
  const { formData = {}, onChange, rawErrors, schema: text, uiSchema } = props;
  const client = useApi(mlPlatformApiRef);
  const { value, error, loading, retry } = useRequest(
    useCallback(() => client.getPlatform(), [client]),
  );
  if (error && !loading) {
    return (
      <ErrorNotice
        title="Could not load the environments"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingField subject="environments" />;
  }
  const tiers = Object.entries(uiSchema?.['ui:options']?.tiers ?? {});
  const options = [
    { value: NONE, label: 'Not needed' },
    ...tiers.map(([tier, label]) => ({ value: tier, label })),
  ];
  const select = (environment: string, tier: string) => {
    const { [environment]: _, ...others } = formData;
    onChange(tier === NONE ? others : { ...others, [environment]: { tier } });
  };
  return (
    <FieldGroup
      title={text.title ?? 'Environments'}
      description={text.description}
    >
      <Grid.Root columns={{ initial: '1', md: '2' }} gap="3">
        {value.environments.map(({ name }) => (
          <Select
            key={name}
            label={name}
            options={options}
            value={formData[name]?.tier ?? NONE}
            onChange={key => select(name, String(key))}
          />
        ))}
      </Grid.Root>
      {rawErrors?.includes(NONE_CHOSEN) && (
        <FieldProblem>{NONE_CHOSEN}</FieldProblem>
      )}
    </FieldGroup>
  );
}

export const field = createFormField({
  name: 'MlPlatformEnvironmentTiers',
  component: EnvironmentTiers,
  schema,
  validation(environments, problems) {
    if (Object.keys(environments ?? {}).length === 0) {
      problems.addError(NONE_CHOSEN);
    }
  },
});
