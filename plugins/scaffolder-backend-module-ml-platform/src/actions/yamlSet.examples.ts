import type { TemplateExample } from '@backstage/plugin-scaffolder-node';

export const examples: TemplateExample[] = [
  {
    description: 'Set the image of the only container',
    example: `steps:
  - id: image
    name: Set the image
    action: ml-platform:yaml:set
    input:
      file: image.yaml
      path: [spec, '**', containers, '*', image]
      value: ghcr.io/acme/fraud-scorer:1.4.3
`,
  },
  {
    description: 'Set a value of the answers file, when there is one',
    example: `steps:
  - id: answers
    name: Record the image
    action: ml-platform:yaml:set
    input:
      file: ml-platform.yaml
      path: [values, image]
      value: ghcr.io/acme/fraud-scorer:1.4.3
      optional: true
`,
  },
];
