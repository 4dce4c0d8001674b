import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Select } from '@backstage/ui';
import type { Environment as PlatformEnvironment } from '@internal/plugin-ml-platform-common';
import { useCallback } from 'react';
import { withErrorText } from '../api/errorText';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { useRequest } from '../hooks/useRequest';
import { FieldProblem } from './FieldProblem';
import { LoadingField } from './LoadingField';
import { ReadOnlyField } from './ReadOnlyField';
import { existingMode, requestValues } from './requestValues';
import { useIsFixed } from './useIsFixed';

const schema = makeFieldSchema({ output: z => z.string() });

/** Selects an environment of the platform; read-only in a form that was opened for an existing workload. */
function Environment(props: typeof schema.TProps) {
  const { formData, schema: text } = props;
  const isFixed = useIsFixed(props);
  const mode = existingMode(requestValues(props.formContext?.formData));
  // A removal without an environment is for all of them.
  if (isFixed || mode === 'remove') {
    return (
      <ReadOnlyField
        label={text.title ?? 'Environment'}
        description={text.description}
        value={formData || 'Every environment'}
      />
    );
  }
  return <EnvironmentSelect {...props} />;
}

function EnvironmentSelect(props: typeof schema.TProps) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
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
  const problem = formData
    ? environmentProblem(formData, value.environments)
    : undefined;
  return (
    <>
      <Select
        label={text.title ?? 'Environment'}
        description={text.description}
        isRequired={required}
        isInvalid={problem !== undefined || Boolean(rawErrors?.length)}
        options={value.environments.map(({ name }) => ({
          id: name,
          label: name,
        }))}
        value={formData ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
      />
      {problem && (
        <FieldProblem shownErrors={rawErrors}>{problem}</FieldProblem>
      )}
    </>
  );
}

function environmentProblem(
  environment: string,
  environments: PlatformEnvironment[],
): string | undefined {
  const names = environments.map(({ name }) => name);
  return names.includes(environment)
    ? undefined
    : `There is no environment "${environment}". Choose one of ${names.join(
        ', ',
      )}.`;
}

export const field = createFormField({
  name: 'MlPlatformEnvironment',
  component: Environment,
  schema,
  async validation(environment, problems, { apiHolder }) {
    const client = apiHolder.get(mlPlatformApiRef);
    if (!environment || !client) {
      return;
    }
    const { environments } = await withErrorText(() => client.getPlatform());
    const problem = environmentProblem(environment, environments);
    if (problem) {
      problems.addError(problem);
    }
  },
});
