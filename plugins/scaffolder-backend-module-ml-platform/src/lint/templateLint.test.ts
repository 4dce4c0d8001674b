import { createMockDirectory } from '@backstage/backend-test-utils';
import { resolve } from 'node:path';
import { lintTemplates } from './templateLint';

const directory = createMockDirectory();

function template(steps: string) {
  return `spec:\n  steps:\n${steps}`;
}
const STEPS = `    - action: ml-platform:gitops:checkout
      input: { workload: '\${{ parameters.name }}' }
`;

it('finds no problems in the golden paths of this repository', async () => {
  await expect(
    lintTemplates(resolve(__dirname, '../../../../templates')),
  ).resolves.toEqual([]);
});

it.each([
  ['a.yaml', 'a: ${{ values.x }}', /"values.x" is not encoded/],
  ['a.yaml', 'a: ${{ values.x | dump }}', /not encoded/],
  ['a.yaml', 'a: ${{ values.x | hcl }}', /End it with "\| yaml"/],
  ['a.tf', 'a = ${{ values.x | yaml }}', /End it with "\| hcl"/],
  ['a.yaml', 'a: ${{ "x-" + values.x | yaml }}', /Put it in brackets/],
  ['a.yaml', 'a: ${{ (values.x) + (values.y) | yaml }}', /Put it in brackets/],
  ['a.yaml', 'a: "${{ values.x | yaml }}"', /is in quotes/],
  ['a.yaml', 'a: ${{ values.x | yamll | yaml }}', /Unknown filter "yamll"/],
  ['a.yaml', 'a: ${{ ("| yaml" + values.x) }}', /not encoded/],
  ['a.sql', '-- ${{ values.x | text }}\n', /file can have nothing else/],
  ['a.yaml', 'a: ${{ values.x | text }}', /file can have nothing else/],
  ['a.yaml', '\n\na: ${{ "}}" + values.x }}', /not encoded/],
])('reports the problem in %s: %s', async (file, content, message) => {
  directory.setContent({
    'one/template.yaml': template(STEPS),
    [`one/skeleton/environment/deep/${file}`]: content,
  });
  const problems = await lintTemplates(directory.path);
  expect(problems).toEqual([
    {
      path: `one/skeleton/environment/deep/${file}`,
      line: content.startsWith('\n') ? 3 : 1,
      message: expect.stringMatching(message),
    },
  ]);
});

it('accepts encoded values, raw blocks and validated names', async () => {
  directory.setContent({
    'one/template.yaml': template(STEPS),
    'one/skeleton/environment/script.py': '${{ values.script | text }}\n',
    'one/skeleton/environment/a.yaml': `
a: \${{ values.x | yaml }}
b: \${{ ("a|b" + values.x) | upper | yaml }}
c: \${{ sizes[values.size].cpu | yaml }}
d: {% raw %}\${{ github.sha }}{% endraw %} {# \${{ values.x }} #}
# \${{ values.name }} of \${{ values.team }}
`,
  });
  await expect(lintTemplates(directory.path)).resolves.toEqual([]);
});

it('reports files that nothing renders', async () => {
  directory.setContent({
    'one/template.yaml': template(STEPS),
    'one/skeleton/overlay/a.yaml': 'a: 1',
  });
  await expect(lintTemplates(directory.path)).resolves.toMatchObject([
    {
      path: 'one/skeleton/overlay/a.yaml',
      message: expect.stringContaining('Nothing renders overlay'),
    },
  ]);
});

it('checks step inputs', async () => {
  directory.setContent({
    'one/template.yaml': template(`${STEPS}
    - action: ml-platform:gitops:render
      input:
        values: \${{ parameters | kebab }}
`),
  });
  await expect(lintTemplates(directory.path)).resolves.toEqual([
    {
      path: 'one/template.yaml',
      line: 8,
      message: expect.stringContaining('Unknown filter "kebab"'),
    },
  ]);
});
