import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Link, Text, TextField } from '@backstage/ui';
import {
  workloadNameProblem,
  type NameAvailability,
} from '@internal/plugin-ml-platform-common';
import { mlPlatformApiRef } from '../api/mlPlatformApi';
import { FieldProblem } from './FieldProblem';
import { useNameAvailability } from './useNameAvailability';

const schema = makeFieldSchema({ output: z => z.string() });

/** Text field for a workload's name; checks its format while typing and its availability shortly after. */
function WorkloadName(props: typeof schema.TProps) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
  const team = teamOf(props.formContext?.formData);
  const problem = formData ? workloadNameProblem(formData) : undefined;
  const availability = useNameAvailability(
    problem === undefined ? formData : undefined,
    team,
  );
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
        <Availability availability={availability} rawErrors={rawErrors} />
      )}
    </>
  );
}

function Availability(props: {
  availability: NameAvailability;
  rawErrors?: string[];
}) {
  const { available, link, unchecked } = props.availability;
  if (!available) {
    return (
      <>
        <FieldProblem shownErrors={props.rawErrors}>
          {takenText(props.availability)}
        </FieldProblem>
        {link && (
          <Link href={link.url} target="_blank" rel="noopener noreferrer">
            {link.title}
          </Link>
        )}
      </>
    );
  }
  return (
    <Text as="p" role="status" variant="body-small" color="success">
      {unchecked.length === 0
        ? 'This name is available.'
        : `This name looks available, but ${unchecked.join(
            ' and ',
          )} could not be checked. The name is checked again when you submit.`}
    </Text>
  );
}

function takenText({ reason }: NameAvailability): string {
  return reason ?? 'This name is taken. Choose another one.';
}

function teamOf(formData: unknown): string | undefined {
  const team =
    formData && typeof formData === 'object' && 'team' in formData
      ? formData.team
      : undefined;
  return typeof team === 'string' && team !== '' ? team : undefined;
}

export const field = createFormField({
  name: 'MlPlatformWorkloadName',
  component: WorkloadName,
  schema,
  async validation(name, problems, { apiHolder, formData }) {
    const problem = workloadNameProblem(name);
    const team = teamOf(formData);
    if (problem) {
      problems.addError(problem);
    } else if (team) {
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
