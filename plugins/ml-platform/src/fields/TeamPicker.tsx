import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, Select, Skeleton } from '@backstage/ui';
import { useCallback, useEffect } from 'react';
import { errorText } from '../api/errorText';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { useRequest } from '../hooks/useRequest';
import { FieldProblem } from './FieldProblem';

const schema = makeFieldSchema({ output: z => z.string() });

/** The teams that the person may request for. One team is chosen without asking. */
function TeamPicker(props: typeof schema.TProps) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
  const client = useApi(mlPlatformApiRef);
  const { value, error, loading, retry } = useRequest(
    useCallback(
      async () => (await client.getPlatform()).requestableTeams,
      [client],
    ),
  );
  const onlyTeam = value?.length === 1 ? value[0].name : undefined;
  useEffect(() => {
    if (onlyTeam && !formData) {
      onChange(onlyTeam);
    }
  }, [onlyTeam, formData, onChange]);

  if (error && !loading) {
    return (
      <ErrorNotice
        title="Your teams could not be read"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <Skeleton height={56} />;
  }
  if (value.length === 0) {
    return (
      <Alert
        role="alert"
        status="warning"
        icon
        title="You are in no team that can request this"
        description="Only members of a team can request for it. Ask your team lead to add you, or the platform team which team to join."
      />
    );
  }
  return (
    <>
      <Select
        label={text.title ?? 'Team'}
        description={text.description}
        isRequired={required}
        isInvalid={rawErrors && rawErrors.length > 0}
        options={value.map(({ name, title }) => ({
          value: name,
          label: title,
        }))}
        value={formData ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
      />
      {formData && !value.some(({ name }) => name === formData) && (
        <FieldProblem shownErrors={rawErrors}>
          {notYourTeam(formData)}
        </FieldProblem>
      )}
    </>
  );
}

function notYourTeam(team: string): string {
  return `You are not a member of ${team}, so you cannot request for it. Choose one of your teams.`;
}

export const field = createFormField({
  name: 'MlPlatformTeamPicker',
  component: TeamPicker,
  schema,
  async validation(team, problems, { apiHolder }) {
    const platform = await apiHolder
      .get(mlPlatformApiRef)
      ?.getPlatform()
      .catch(error => {
        throw new Error(errorText(error));
      });
    if (!platform?.requestableTeams.some(({ name }) => name === team)) {
      problems.addError(notYourTeam(team));
    }
  },
});
