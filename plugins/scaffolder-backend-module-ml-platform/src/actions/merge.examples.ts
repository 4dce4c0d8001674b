import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Merge the files that the template renders',
    example: `steps:
  - id: render
    name: Render the files
    action: ml-platform:gitops:render
    input:
      values: \${{ parameters }}
  - id: merge
    name: Merge with the platform repository
    action: ml-platform:gitops:merge
`,
  },
  {
    description: 'The same with an empty input',
    example: `steps:
  - id: merge
    name: Merge with the platform repository
    action: ml-platform:gitops:merge
    input: {}
`,
  },
];
