import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Check the request',
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
    description:
      'Check it, and stop when it is not what the person saw in the preview',
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
