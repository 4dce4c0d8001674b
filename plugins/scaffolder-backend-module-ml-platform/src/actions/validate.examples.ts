import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Validate the change',
    example: `steps:
  - id: validate
    name: Check the change
    action: ml-platform:gitops:validate
    input:
      team: app-ml-team
      workload: fraud-scorer
`,
  },
  {
    description: 'Validate it, and stop when it differs from the preview',
    example: `steps:
  - id: validate
    name: Check the change
    action: ml-platform:gitops:validate
    input:
      team: app-ml-team
      workload: fraud-scorer
      previewDigest: \${{ parameters.previewDigest }}
`,
  },
];
