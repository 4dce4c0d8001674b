import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Remove the workload of the request',
    example: `steps:
  - id: remove
    name: Remove the workload
    action: ml-platform:gitops:remove
`,
  },
  {
    description: 'Remove it when the form asks for that',
    example: `steps:
  - id: remove
    name: Remove the workload
    if: \${{ parameters.mode === "remove" }}
    action: ml-platform:gitops:remove
`,
  },
];
