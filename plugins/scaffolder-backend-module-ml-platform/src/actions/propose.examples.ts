import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Open the pull request',
    example: `steps:
  - id: propose
    name: Open the pull request
    action: ml-platform:gitops:propose
    input:
      team: app-ml-team
      workload: fraud-scorer
      title: Create ML service fraud-scorer of app-ml-team
`,
  },
  {
    description: 'Open it with a description by the user',
    example: `steps:
  - id: propose
    name: Open the pull request
    action: ml-platform:gitops:propose
    input:
      team: app-ml-team
      workload: fraud-scorer
      title: Create ML service fraud-scorer of app-ml-team
      description: Scores card payments while they happen.
`,
  },
];
