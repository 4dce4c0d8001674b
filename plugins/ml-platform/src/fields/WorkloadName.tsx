import { useApi } from '@backstage/core-plugin-api';
import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TextField } from '@backstage/ui';
import { workloadNameProblem } from '@internal/plugin-ml-platform-common';
import { useMemo } from 'react';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { FieldProblem } from './FieldProblem';
import { NameAvailabilityNotice, takenText } from './NameAvailabilityNotice';
import { ReadOnlyField } from './ReadOnlyField';
import { requestValues } from './requestValues';
import { useIsFixed } from './useIsFixed';
import { useNameAvailability } from './useNameAvailability';

const schema = makeFieldSchema({
  output: z => z.string(),
  uiOptions: z =>
    z.object({
      existing: z
        .boolean()
        .optional()
        .describe('True for the name of a workload that exists'),
    }),
});

/** Name of the request's workload; read-only in a form that was opened for an existing one. */
function WorkloadName(props: typeof schema.TProps) {
  const { formData = '', schema: text } = props;
  return useIsFixed(props) ? (
    <ReadOnlyField
      label={text.title ?? 'Name'}
      description={text.description}
      value={formData}
    />
  ) : (
    <NameField {...props} />
  );
}

/** Text field for a workload's name; checks its format while typing and the availability of a new one shortly after. */
function NameField(props: typeof schema.TProps) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
  const values: unknown = props.formContext?.formData;
  const problem = formData ? workloadNameProblem(formData) : undefined;
  const client = useApi(mlPlatformApiRef);
  const { team } = requestValues(values);
  const isChecked = problem === undefined && isNew(values, props.uiSchema);
  const check = useMemo(
    () =>
      formData && team && isChecked
        ? () => client.getNameAvailability({ team, name: formData })
        : undefined,
    [client, formData, team, isChecked],
  );
  const availability = useNameAvailability(check);
  return (
    <>
      <TextField
        label={text.title ?? 'Name'}
        description={text.description}
        placeholder="fraud-scorer"
        isRequired={required}
        isInvalid={problem !== undefined || availability?.available === false}
        value={formData ?? ''}
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

/** False where the form asks for the name of a workload that exists, which is never available. */
function isNew(
  formData: unknown,
  uiSchema: { 'ui:options'?: { existing?: boolean } } | undefined,
): boolean {
  const { mode = 'create' } = requestValues(formData);
  return mode === 'create' && !uiSchema?.['ui:options']?.existing;
}

export const field = createFormField({
  name: 'MlPlatformWorkloadName',
  component: WorkloadName,
  schema,
  async validation(name, problems, { apiHolder, formData, uiSchema }) {
    const problem = workloadNameProblem(name);
    const { team } = requestValues(formData);
    if (problem) {
      problems.addError(problem);
    } else if (team && isNew(formData, uiSchema)) {
      const availability = await apiHolder
        .get(mlPlatformApiRef)
        ?.getNameAvailability({ team, name })
        // The preview and the task check the name again, so a failed check must not block the form.
        .catch(() => undefined);
      if (availability?.available === false) {
        problems.addError(takenText(availability));
      }
    }
  },
});
