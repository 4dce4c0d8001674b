import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert, Select } from '@backstage/ui';
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

/** More options than a list shows at once are searched by text. */
const MANY = 15;

/** Group that owns the request's team; read-only in a form that was opened for an existing team. */
function GroupPicker(props: typeof schema.TProps) {
  const { formData = '', schema: text } = props;
  return useIsFixed(props) ? (
    <ReadOnlyField
      label={text.title ?? 'Group'}
      description={text.description}
      value={formData}
    />
  ) : (
    <GroupSelect {...props} />
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
