import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { TextField } from '@backstage/ui';
import { imageProblem } from '@internal/plugin-ml-platform-common';
import { FieldProblem } from './FieldProblem';

const schema = makeFieldSchema({ output: z => z.string() });

/** Text field for a container image with an exact tag or a digest. */
function Image(props: typeof schema.TProps) {
  const { formData, onChange, rawErrors, required, schema: text } = props;
  const problem = formData ? imageProblem(formData) : undefined;
  return (
    <>
      <TextField
        label={text.title ?? 'Image'}
        description={text.description}
        placeholder="ghcr.io/acme/fraud-scorer:1.4.2"
        isRequired={required}
        isInvalid={problem !== undefined}
        value={formData ?? ''}
        onChange={value => onChange(value.trim())}
      />
      {problem && (
        <FieldProblem shownErrors={rawErrors}>{problem}</FieldProblem>
      )}
    </>
  );
}

export const field = createFormField({
  name: 'MlPlatformImage',
  component: Image,
  schema,
  validation(image, problems) {
    const problem = imageProblem(image);
    if (problem) {
      problems.addError(problem);
    }
  },
});
