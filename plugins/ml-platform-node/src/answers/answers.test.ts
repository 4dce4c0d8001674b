import { formatAnswers, parseAnswers, readAnswers } from '.';

const commit = 'a'.repeat(40);
const answers = {
  template: {
    ref: 'template:default/ml-service',
    path: 'templates/ml-service',
    commit,
  },
  values: {
    name: 'fraud-scorer',
    port: 8080,
    gpu: false,
    note: 'a: "b" #c',
    script: '  # {{ a }}\n\n---\nb\n',
  },
  promotedFrom: { environment: 'dev', commit },
};

it('writes each value on a line of its own, and reads it again', async () => {
  const text = formatAnswers(answers);
  expect(text)
    .toBe(`# Template and values of this directory. The portal reads them to edit and upgrade it; change values through the portal.
template:
  ref: "template:default/ml-service"
  path: "templates/ml-service"
  commit: "${commit}"
values:
  name: "fraud-scorer"
  port: 8080
  gpu: false
  note: "a: \\"b\\" #c"
  script: |2
      # {{ a }}

    ---
    b
promotedFrom:
  environment: "dev"
  commit: "${commit}"
`);
  await expect(parseAnswers(text, 'x')).resolves.toEqual(answers);
});

it.each([
  ['a: [', ['This is not valid YAML.']],
  ['a: &x 1\nb: *x', ['This is not valid YAML.']],
  [
    'values: {}',
    ['template: Invalid input: expected object, received undefined.'],
  ],
  [
    formatAnswers(answers).replaceAll(commit, 'main'),
    [
      'template.commit: must be a commit id, or "initial".',
      'promotedFrom.commit: must be a commit id.',
    ],
  ],
  [
    formatAnswers(answers).replace('templates/ml-service', 'templates/other'),
    ['template: path must be that of the template in ref.'],
  ],
  [
    formatAnswers(answers).replace('templates/ml-service', 'infra/gitops'),
    [
      'template.path: must be a directory of templates/.',
      'template: path must be that of the template in ref.',
    ],
  ],
  // Parsers take seconds for these.
  [
    `values:\n${'? '.repeat(400)}`,
    ['This is nested more than 32 levels deep. Make it smaller.'],
  ],
  [
    `values: ${'{'.repeat(400)}`,
    ['This is nested more than 32 levels deep. Make it smaller.'],
  ],
])('describes the problems of %j', async (text, problems) => {
  expect(await readAnswers(text)).toEqual({ problems });
  await expect(parseAnswers(text, 'dev/ml-platform.yaml')).rejects.toThrow(
    /^dev\/ml-platform.yaml is not valid.*Restore the file/,
  );
});
