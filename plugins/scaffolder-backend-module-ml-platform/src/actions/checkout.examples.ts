import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Start a change request for a new workload',
    example: `steps:
  - id: checkout
    name: Read the platform repository
    action: ml-platform:gitops:checkout
    input:
      team: app-ml-team
      workload: fraud-scorer
`,
  },
  {
    description: 'Check out an existing workload; the output "exists" is true',
    example: `steps:
  - id: checkout
    name: Read the platform repository
    action: ml-platform:gitops:checkout
    input:
      team: app-ml-team
      workload: ml-backend
`,
  },
];
