import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, Select } from '@backstage/ui';
import { workloadNameProblem } from '@internal/plugin-ml-platform-common';
import { useCallback, useEffect } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { FreshnessNotice } from '../components/shared/FreshnessNotice';
import { useRequest } from '../hooks/useRequest';
import { useSettled } from '../hooks/useSettled';
import { deploymentOption, earlierDeployments } from './earlierDeployments';
import { LoadingField } from './LoadingField';
import { requestValues, type RequestValues } from './requestValues';

const schema = makeFieldSchema({ output: z => z.string() });

interface EnvironmentTarget {
  team: string;
  name: string;
  environment: string;
}

/** Selects an earlier deployment of the environment that other fields of the form name. The value is its commit. */
function Deployment(props: typeof schema.TProps) {
  const values = requestValues(props.formContext?.formData);
  const settledName = useSettled(values.name);
  const target = environmentTarget(values);
  if (!target) {
    return (
      <Alert
        role="status"
        status="info"
        icon
        title="Choose the team, name and environment first"
        description="The earlier deployments are then listed here."
      />
    );
  }
  if (target.name !== settledName) {
    return <LoadingField subject="deployments" />;
  }
  return (
    <DeploymentSelect {...props} key={JSON.stringify(target)} {...target} />
  );
}

function DeploymentSelect(props: typeof schema.TProps & EnvironmentTarget) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
  const { team, name, environment } = props;
  const client = useApi(mlPlatformApiRef);
  const { value, error, loading, retry } = useRequest(
    useCallback(
      () => client.getDeployments({ team, workload: name }, { environment }),
      [client, team, name, environment],
    ),
  );
  const earlier = value && earlierDeployments(value);
  const isOfOther =
    earlier !== undefined &&
    Boolean(formData) &&
    !earlier.some(({ revision }) => revision === formData);
  useEffect(() => {
    // A commit that was chosen for another environment must not be submitted for this one.
    if (isOfOther) {
      onChange(undefined);
    }
  }, [isOfOther, onChange]);

  if (error && !loading) {
    return (
      <ErrorNotice
        title="Could not load the deployments"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value || !earlier) {
    return <LoadingField subject="deployments" />;
  }
  const { freshness } = value;
  const isIncomplete = freshness.stale || freshness.problems.length > 0;
  return (
    <>
      {earlier.length > 0 ? (
        <Select
          label={text.title ?? 'Deployment'}
          description={text.description}
          isRequired={required}
          isInvalid={Boolean(rawErrors?.length)}
          options={earlier.map(deploymentOption)}
          value={isOfOther || !formData ? null : formData}
          onChange={key => onChange(key === null ? undefined : String(key))}
        />
      ) : (
        <Alert
          role="status"
          status="info"
          icon
          title={`No earlier deployment of ${name} in ${environment}`}
          description="You can roll back once another version was deployed. Argo CD keeps the last ten."
        />
      )}
      {isIncomplete && <FreshnessNotice freshness={freshness} />}
    </>
  );
}

function environmentTarget({
  team,
  name,
  environment,
}: RequestValues): EnvironmentTarget | undefined {
  return team && name && environment && !workloadNameProblem(name)
    ? { team, name, environment }
    : undefined;
}

export const field = createFormField({
  name: 'MlPlatformDeployment',
  component: Deployment,
  schema,
  async validation(commit, problems, { apiHolder, formData }) {
    const target = environmentTarget(requestValues(formData));
    if (!commit || !target) {
      problems.addError('Choose a deployment.');
      return;
    }
    const { team, name, environment } = target;
    const history = await apiHolder
      .get(mlPlatformApiRef)
      ?.getDeployments({ team, workload: name }, { environment })
      // The preview and the task check the commit, so a failed read must not block the form.
      .catch(() => undefined);
    if (
      history &&
      !earlierDeployments(history).some(({ revision }) => revision === commit)
    ) {
      problems.addError(
        `This is no earlier deployment of ${name} in ${environment}. Choose another one.`,
      );
    }
  },
});
