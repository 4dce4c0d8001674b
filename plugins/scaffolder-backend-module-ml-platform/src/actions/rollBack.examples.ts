import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Restore an earlier deployment that the form asks for',
    example: `steps:
  - id: roll-back
    name: Restore the earlier files
    action: ml-platform:gitops:roll-back
    input:
      commit: \${{ parameters.commit }}
`,
  },
  {
    description: 'Restore a fixed commit',
    example: `steps:
  - id: roll-back
    name: Restore the earlier files
    action: ml-platform:gitops:roll-back
    input:
      commit: 4f8d2c1b9a7e6d5c4b3a29181716151413121110
`,
  },
];
