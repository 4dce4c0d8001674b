import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, Select } from '@backstage/ui';
import { useCallback, useEffect } from 'react';
import { withErrorText } from '../api/errorText';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { ErrorNotice } from '../components/shared/ErrorNotice';
import { useRequest } from '../hooks/useRequest';
import { useTeamPlan } from '../hooks/useTeamPlan';
import { FieldProblem } from './FieldProblem';
import { LoadingField } from './LoadingField';
import { ReadOnlyField } from './ReadOnlyField';
import { requestValues } from './requestValues';
import { useIsFixed } from './useIsFixed';

const schema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      ofTeam: z
        .boolean()
        .optional()
        .describe('True for the group of the team that the form names'),
    }),
});

/** More options than a list shows at once are searched by text. */
const MANY = 15;

/** Group that owns the request's team; read-only in a form that was opened for an existing team. */
function GroupPicker(props: typeof schema.TProps) {
  const { formData = '', schema: text, uiSchema } = props;
  const isFixed = useIsFixed(props);
  if (uiSchema?.['ui:options']?.ofTeam) {
    return <GroupOfTeam {...props} />;
  }
  return isFixed ? (
    <ReadOnlyField
      label={text.title ?? 'Group'}
      description={text.description}
      value={formData}
    />
  ) : (
    <GroupSelect {...props} />
  );
}

/** The group that owns the team of the form, once there is one. */
function GroupOfTeam(props: typeof schema.TProps) {
  const { formData, onChange, schema: text } = props;
  const { team } = requestValues(props.formContext?.formData);
  const { value: plan, error, loading, retry } = useTeamPlan(team);
  const group = plan?.values.group;
  useEffect(() => {
    if (group && group !== formData) {
      onChange(group);
    }
  }, [group, formData, onChange]);
  return error && !loading ? (
    <ErrorNotice
      title="Could not load the group of the team"
      error={error}
      onRetry={retry}
    />
  ) : (
    <ReadOnlyField
      label={text.title ?? 'Group'}
      description={text.description}
      value={group ?? ''}
    />
  );
}

/** Selects one of the groups that the user can request teams for; preselected when there is only one. */
function GroupSelect(props: typeof schema.TProps) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
  const client = useApi(mlPlatformApiRef);
  const { value, error, loading, retry } = useRequest(
    useCallback(() => client.teamRequests.getGroups(), [client]),
  );
  const groups = value?.items ?? [];
  const onlyGroup = groups.length === 1 ? groups[0].name : undefined;
  useEffect(() => {
    if (onlyGroup && !formData) {
      onChange(onlyGroup);
    }
  }, [onlyGroup, formData, onChange]);

  if (error && !loading) {
    return (
      <ErrorNotice
        title="Could not load your groups"
        error={error}
        onRetry={retry}
      />
    );
  }
  if (!value) {
    return <LoadingField subject="your groups" />;
  }
  if (groups.length === 0) {
    return (
      <Alert
        role="alert"
        status="warning"
        icon
        title="You are not in a group that can own a team"
        description="Groups come from your identity provider. Ask the platform team which group to join."
      />
    );
  }
  return (
    <>
      <Select
        label={text.title ?? 'Group'}
        description={text.description}
        isRequired={required}
        isInvalid={rawErrors && rawErrors.length > 0}
        searchable={groups.length > MANY}
        options={groups.map(({ name, title }) => ({
          value: name,
          label: title === name ? name : `${title} (${name})`,
        }))}
        value={formData ?? null}
        onChange={key => onChange(key === null ? undefined : String(key))}
      />
      {formData && !groups.some(({ name }) => name === formData) && (
        <FieldProblem shownErrors={rawErrors}>
          {notYourGroup(formData)}
        </FieldProblem>
      )}
    </>
  );
}

function notYourGroup(group: string): string {
  return `You are not a member of ${group}, so you can't request a team for it. Choose one of your groups.`;
}

export const field = createFormField({
  name: 'MlPlatformGroupPicker',
  component: GroupPicker,
  schema,
  async validation(group, problems, { apiHolder }) {
    const client = apiHolder.get(mlPlatformApiRef);
    const groups = await withErrorText(async () =>
      client?.teamRequests.getGroups(),
    );
    if (!groups?.items.some(({ name }) => name === group)) {
      problems.addError(notYourGroup(group));
    }
  },
});
