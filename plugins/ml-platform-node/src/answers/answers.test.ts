import { formatAnswers, parseAnswers, readAnswers } from '.';

const commit = 'a'.repeat(40);
const answers = {
  template: {
    ref: 'template:default/ml-service',
    path: 'templates/ml-service',
    commit,
  },
  values: { name: 'fraud-scorer', port: 8080, gpu: false, note: 'a: "b" #c' },
  promotedFrom: { environment: 'dev', commit },
};

it('writes each value on a line of its own, and reads it again', () => {
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
promotedFrom:
  environment: "dev"
  commit: "${commit}"
`);
  expect(parseAnswers(text, 'x')).toEqual(answers);
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
])('describes the problems of %j', (text, problems) => {
  expect(readAnswers(text)).toEqual({ problems });
  expect(() => parseAnswers(text, 'dev/ml-platform.yaml')).toThrow(
    /^dev\/ml-platform.yaml is not valid.*Restore the file/,
  );
});
