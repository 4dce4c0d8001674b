import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TextField } from '@backstage/ui';
import { useTeamPlan } from '../hooks/useTeamPlan';
import { requestValues } from './requestValues';

const schema = makeFieldSchema({
  output: z => z.union([z.number(), z.string()]),
});

/** Text field for the part of a team's share of the queue that has the field's name, beside the value of today. */
function TeamShare(props: typeof schema.TProps) {
  const { formData, name, onChange, rawErrors, schema: text } = props;
  const { team } = requestValues(props.formContext?.formData);
  const { value: plan, error } = useTeamPlan(team);
  const today = (plan?.values as Record<string, unknown> | undefined)?.[name];
  return (
    <TextField
      label={text.title ?? name}
      description={[text.description, todayText(today, error)]
        .filter(Boolean)
        .join(' ')}
      placeholder={today === undefined ? undefined : String(today)}
      inputMode={text.type === 'integer' ? 'numeric' : undefined}
      isInvalid={Boolean(rawErrors?.length)}
      value={formData === undefined ? '' : String(formData)}
      onChange={value => onChange(parsed(value, text.type))}
    />
  );
}

function todayText(today: unknown, error: Error | undefined): string {
  if (today !== undefined) {
    return `Today: ${today}. It stays when this is empty.`;
  }
  return error
    ? 'The value of today could not be read. It stays when this is empty.'
    : '';
}

/** Text that is no number is left to the form's validation. */
function parsed(value: string, type: unknown): number | string | undefined {
  if (value.trim() === '') {
    return undefined;
  }
  return type === 'integer' && /^\d{1,9}$/.test(value.trim())
    ? Number(value)
    : value;
}

export const field = createFormField({
  name: 'MlPlatformTeamShare',
  component: TeamShare,
  schema,
});
