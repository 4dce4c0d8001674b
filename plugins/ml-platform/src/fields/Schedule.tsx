import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Text, TextField } from '@backstage/ui';
import {
  nextStarts,
  scheduleProblem,
} from '@internal/plugin-ml-platform-common';
import cronstrue from 'cronstrue';
import { FieldProblem } from './FieldProblem';

const schema = makeFieldSchema({ output: z => z.string() });

const SHOWN_STARTS = 3;
const FORMAT = new Intl.DateTimeFormat('en-GB', {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  hour: '2-digit',
  minute: '2-digit',
  timeZone: 'UTC',
});

/** Text field for a schedule in the notation of cron; says it in words, with the next starts. */
function Schedule(props: typeof schema.TProps) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
  const problem = formData ? scheduleProblem(formData) : undefined;
  return (
    <>
      <TextField
        label={text.title ?? 'Schedule'}
        description={text.description}
        placeholder="0 6 * * 1-5"
        isRequired={required}
        isInvalid={problem !== undefined}
        value={formData ?? ''}
        onChange={onChange}
      />
      {problem && (
        <FieldProblem shownErrors={rawErrors}>{problem}</FieldProblem>
      )}
      {formData && !problem && (
        <Text as="p" role="status" variant="body-small" color="secondary">
          {describe(formData)}
        </Text>
      )}
    </>
  );
}

function describe(schedule: string): string {
  const starts = nextStarts(schedule, Date.now(), SHOWN_STARTS)
    .map(start => FORMAT.format(start))
    .join(', ');
  return `${inWords(schedule)}. Next (UTC): ${starts}.`;
}

function inWords(schedule: string): string {
  return schedule.startsWith('@every ')
    ? `Every ${schedule.slice('@every '.length)}`
    : cronstrue.toString(schedule, { use24HourTimeFormat: true });
}

export const field = createFormField({
  name: 'MlPlatformSchedule',
  component: Schedule,
  schema,
  validation(schedule, problems) {
    const problem = scheduleProblem(schedule);
    if (problem) {
      problems.addError(problem);
    }
  },
});
