import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Render the skeleton with the values of the form',
    example: `steps:
  - id: render
    name: Render the files
    action: ml-platform:gitops:render
    input:
      values: \${{ parameters }}
`,
  },
  {
    description: 'Render it unless the request is to remove the workload',
    example: `steps:
  - id: render
    name: Render the files
    if: \${{ parameters.mode !== "remove" }}
    action: ml-platform:gitops:render
    input:
      values: \${{ parameters }}
`,
  },
];
