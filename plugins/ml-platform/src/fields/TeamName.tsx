import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TextField } from '@backstage/ui';
import { teamNameProblem } from '@internal/plugin-ml-platform-common';
import { useMemo } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { FieldProblem } from './FieldProblem';
import { NameAvailabilityNotice, takenText } from './NameAvailabilityNotice';
import { ReadOnlyField } from './ReadOnlyField';
import { existingMode, requestValues } from './requestValues';
import { useIsFixed } from './useIsFixed';
import { useNameAvailability } from './useNameAvailability';

const schema = makeFieldSchema({ output: z => z.string() });

/** Name of the request's team; read-only in a form that was opened for an existing one. */
function TeamName(props: typeof schema.TProps) {
  const { formData = '', schema: text } = props;
  return useIsFixed(props) ? (
    <ReadOnlyField
      label={text.title ?? 'Name'}
      description={text.description}
      value={formData}
    />
  ) : (
    <NewTeamName {...props} />
  );
}

/** Text field for a new team's name; checks its format while typing and its availability shortly after. */
function NewTeamName(props: typeof schema.TProps) {
  const { formData: name = '', onChange, rawErrors, required } = props;
  const client = useApi(mlPlatformApiRef);
  const { group, ...values } = requestValues(props.formContext?.formData);
  const problem = name ? formatProblem(name) : undefined;
  const isNew = existingMode(values) === undefined;
  const check = useMemo(
    () =>
      name && group && !problem && isNew
        ? () => client.teamRequests.getNameAvailability({ group, name })
        : undefined,
    [client, name, group, problem, isNew],
  );
  const availability = useNameAvailability(check);
  return (
    <>
      <TextField
        label={props.schema.title ?? 'Name'}
        description={props.schema.description}
        placeholder="fraud-models"
        isRequired={required}
        isInvalid={problem !== undefined || availability?.available === false}
        value={name}
        onChange={onChange}
      />
      {problem && (
        <FieldProblem shownErrors={rawErrors}>{problem}</FieldProblem>
      )}
      {availability && (
        <NameAvailabilityNotice
          availability={availability}
          rawErrors={rawErrors}
        />
      )}
    </>
  );
}

/** The backend also knows the endings that the platform reserves. */
function formatProblem(name: string): string | undefined {
  return teamNameProblem(name, []);
}

export const field = createFormField({
  name: 'MlPlatformTeamName',
  component: TeamName,
  schema,
  async validation(name, problems, { apiHolder, formData }) {
    const problem = formatProblem(name);
    const { group, ...values } = requestValues(formData);
    if (problem) {
      problems.addError(problem);
    } else if (group && existingMode(values) === undefined) {
      const availability = await apiHolder
        .get(mlPlatformApiRef)
        ?.teamRequests.getNameAvailability({ group, name })
        // The preview and the task check the name again, so a failed check must not block the form.
        .catch(() => undefined);
      if (availability?.available === false) {
        problems.addError(takenText(availability));
      }
    }
  },
});
