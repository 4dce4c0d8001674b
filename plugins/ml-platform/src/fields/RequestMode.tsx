import { makeFieldSchema } from '@backstage/plugin-scaffolder-react';
import { createFormField } from '@backstage/plugin-scaffolder-react/alpha';
import { Alert } from '@backstage/ui';
import {
  existingMode,
  requestValues,
  type ExistingMode,
  type RequestValues,
} from './requestValues';

const schema = makeFieldSchema({ output: z => z.string() });

const TEXTS: Record<
  ExistingMode,
  (values: RequestValues) => { title: string; description: string }
> = {
  edit: values => ({
    title: `This changes ${targetText(values)}${inEnvironment(values)}.`,
    description:
      'The form has the values that are in use. Change those you need; the preview shows the exact change.',
  }),
  upgrade: values => ({
    title: `This upgrades ${targetText(values)}${inEnvironment(
      values,
    )} to the newest template.`,
    description:
      'The form has the values that are in use. The preview shows what the newest template changes.',
  }),
  remove: values => ({
    title: `This removes ${targetText(values)} from ${
      values.environment ?? 'every environment'
    }.`,
    description: isTeam(values)
      ? 'Once the pull request is merged, the team can deploy nothing more. Its namespaces and its Argo CD project stay until the platform team deletes them.'
      : `Once the pull request is merged, its Kubernetes objects and cloud resources there are deleted${
          values.environment ? '' : ', and its page leaves the catalog'
        }.`,
  }),
};

/** Says what a change of an existing workload will do. The value comes from the link to the form, and stays as it is. */
function RequestMode(props: typeof schema.TProps) {
  const mode = existingMode({ mode: props.formData });
  if (!mode) {
    return null;
  }
  const values = requestValues(props.formContext?.formData);
  const { title, description } = TEXTS[mode](values);
  return (
    <Alert
      role="status"
      status={mode === 'remove' ? 'warning' : 'info'}
      icon
      title={title}
      description={description}
    />
  );
}

function targetText(values: RequestValues): string {
  const { name, team } = values;
  return isTeam(values)
    ? `the team ${team}`
    : `${name ?? 'the workload'}${team ? ` of ${team}` : ''}`;
}

function isTeam({ group, name, team }: RequestValues): boolean {
  return name === undefined && team !== undefined && group !== undefined;
}

function inEnvironment({ environment }: RequestValues): string {
  return environment ? ` in ${environment}` : '';
}

export const field = createFormField({
  name: 'MlPlatformRequestMode',
  component: RequestMode,
  schema,
});
