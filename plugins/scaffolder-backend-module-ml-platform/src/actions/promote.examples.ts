import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Promote dev to the environment of the request',
    example: `steps:
  - id: promote
    name: Promote the files
    action: ml-platform:gitops:promote
    input:
      from: dev
`,
  },
  {
    description: 'Promote the environment that the form asks for',
    example: `steps:
  - id: promote
    name: Promote the files
    action: ml-platform:gitops:promote
    input:
      from: \${{ parameters.from }}
`,
  },
];
