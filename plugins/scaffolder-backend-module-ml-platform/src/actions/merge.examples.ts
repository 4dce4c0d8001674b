import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Merge the files that fetch:template rendered',
    example: `steps:
  - id: render
    name: Render
    action: fetch:template
    input:
      url: ./skeleton
      targetPath: rendered/infra/gitops/workloads/app-ml-team/fraud-scorer
  - id: merge
    name: Merge with what is there
    action: ml-platform:gitops:merge
`,
  },
  {
    description: 'The same with an empty input',
    example: `steps:
  - id: merge
    name: Merge with what is there
    action: ml-platform:gitops:merge
    input: {}
`,
  },
];
