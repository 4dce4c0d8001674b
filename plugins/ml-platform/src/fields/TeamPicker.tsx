import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, Select } from '@backstage/ui';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import { useCallback, useEffect } from 'react';
import { withErrorText } from '../api/errorText';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { useRequest } from '../hooks/useRequest';
import { FieldProblem } from './FieldProblem';
import { LoadingField } from './LoadingField';
import { ReadOnlyField } from './ReadOnlyField';
import { useIsFixed } from './useIsFixed';

const schema = makeFieldSchema({ output: z => z.string() });

/** Team of the request; read-only in a form that was opened for an existing workload. */
function TeamPicker(props: typeof schema.TProps) {
  const { formData = '', schema: text } = props;
  return useIsFixed(props) ? (
    <ReadOnlyField
      label={text.title ?? 'Team'}
      description={text.description}
      value={formData}
    />
  ) : (
    <TeamSelect {...props} />
  );
}

/** Selects one of the teams that the user can request changes for; preselected when there is only one. */
function TeamSelect(props: typeof schema.TProps) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
  const client = useApi(mlPlatformApiRef);
  const { value, error, loading, retry } = useRequest(
    useCallback(() => client.getPlatform(), [client]),
  );
  const teams = value?.requestableTeams ?? [];
  const onlyTeam = teams.length === 1 ? teams[0].name : undefined;
  useEffect(() => {
    if (onlyTeam && !formData) {
      onChange(onlyTeam);
    }
  }, [onlyTeam, formData, onChange]);

  if (error && !loading) {
    return (
      <ErrorNotice
        title="Could not load your teams"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingField subject="your teams" />;
  }
  if (teams.length === 0) {
    return <NoTeam problems={value.problems ?? []} />;
  }
  return (
    <>
      <Select
        label={text.title ?? 'Team'}
        description={text.description}
        isRequired={required}
        isInvalid={rawErrors && rawErrors.length > 0}
        options={teams.map(({ name, title }) => ({
          value: name,
          label: title,
        }))}
        value={formData ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
      />
      {formData && !teams.some(({ name }) => name === formData) && (
        <FieldProblem shownErrors={rawErrors}>
          {notYourTeam(formData)}
        </FieldProblem>
      )}
    </>
  );
}

function NoTeam({ problems }: { problems: UpstreamProblem[] }) {
  return problems.length > 0 ? (
    <Alert
      role="alert"
      status="danger"
      icon
      title="Your teams could not be determined"
      description={problems.map(({ message }) => message).join(' ')}
    />
  ) : (
    <Alert
      role="alert"
      status="warning"
      icon
      title="None of your teams can request this"
      description="Only a team's members can request changes for it. Ask your team lead to add you, or ask the platform team which team to join."
    />
  );
}

function notYourTeam(team: string): string {
  return `You are not a member of ${team}, so you can't request changes for it. Choose one of your teams.`;
}

export const field = createFormField({
  name: 'MlPlatformTeamPicker',
  component: TeamPicker,
  schema,
  async validation(team, problems, { apiHolder }) {
    const client = apiHolder.get(mlPlatformApiRef);
    const platform = await withErrorText(async () => client?.getPlatform());
    if (!platform?.requestableTeams.some(({ name }) => name === team)) {
      problems.addError(notYourTeam(team));
    }
  },
});
