import { z } from 'zod';
import { quantityOf } from '../quantities';
import { fieldViolation, type Violation } from '../Violation';
import { labelsViolations } from './metadata';
import { isPort, portViolation } from './ports';

const quantities = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .default({});
const containerSchema = z.object({
  name: z.string(),
  image: z.string().optional(),
  resources: z
    .object({ requests: quantities, limits: quantities })
    .prefault({}),
  volumeMounts: z.array(z.object({ name: z.string() })).default([]),
  ports: z.array(z.object({ containerPort: z.number() })).default([]),
});
const podSchema = z.object({
  restartPolicy: z.string().optional(),
  initContainers: z.array(containerSchema).default([]),
  containers: z.array(containerSchema),
  volumes: z.array(z.object({ name: z.string() })).default([]),
});
const labels = z.record(z.string(), z.string()).default({});
const templateSchema = z.object({
  metadata: z.object({ labels }).prefault({}),
  spec: podSchema,
});
const serviceSchema = z.object({
  selector: z.object({ matchLabels: labels }),
  template: templateSchema,
  volumeClaimTemplates: z
    .array(z.object({ metadata: z.object({ name: z.string() }) }))
    .default([]),
});
const jobSchema = z.object({ template: templateSchema });

type Template = z.infer<typeof templateSchema>;

/** Validates pod templates as the API server does, beyond the types of their fields. */
export function podTemplateViolations(
  kind: string,
  spec: unknown,
): Violation[] {
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet': {
      const { template, ...workload } = serviceSchema.parse(spec);
      return [
        ...selectorViolations(workload.selector.matchLabels, template),
        ...restartViolations(template, 'spec.template', ['Always']),
        ...templateViolations(
          template,
          'spec.template',
          workload.volumeClaimTemplates.map(({ metadata }) => metadata.name),
        ),
      ];
    }
    case 'Job':
      return jobViolations(jobSchema.parse(spec).template, 'spec.template');
    case 'CronJob':
      return jobViolations(
        z.object({ jobTemplate: z.object({ spec: jobSchema }) }).parse(spec)
          .jobTemplate.spec.template,
        'spec.jobTemplate.spec.template',
      );
    case 'Rollout': {
      const { selector, template } = serviceSchema.partial().parse(spec);
      return template
        ? withoutServer([
            ...selectorViolations(selector?.matchLabels ?? {}, template),
            ...restartViolations(template, 'spec.template', ['Always']),
            ...templateViolations(template, 'spec.template', []),
          ])
        : [];
    }
    case 'JobSet':
      return withoutServer(
        z
          .object({
            replicatedJobs: z.array(
              z.object({ template: z.object({ spec: jobSchema }) }),
            ),
          })
          .parse(spec)
          .replicatedJobs.flatMap(({ template }, index) =>
            jobViolations(
              template.spec.template,
              `spec.replicatedJobs[${index}].template.spec.template`,
            ),
          ),
      );
    case 'AnalysisTemplate':
      return withoutServer(
        z
          .object({
            metrics: z.array(
              z.object({
                provider: z.object({
                  job: z.object({ spec: jobSchema }).optional(),
                }),
              }),
            ),
          })
          .parse(spec)
          .metrics.flatMap(({ provider }, index) =>
            provider.job
              ? jobViolations(
                  provider.job.spec.template,
                  `spec.metrics[${index}].provider.job.spec.template`,
                )
              : [],
          ),
      );
    default:
      return [];
  }
}

/** The API server accepts them in a custom resource; its controller fails later. */
function withoutServer(violations: Violation[]): Violation[] {
  return violations.map(({ code, advice }) => ({ code, advice }));
}

function jobViolations(template: Template, field: string): Violation[] {
  return [
    ...restartViolations(template, field, ['Never', 'OnFailure']),
    ...templateViolations(template, field, []),
  ];
}

function selectorViolations(
  selector: Record<string, string>,
  { metadata }: Template,
): Violation[] {
  return Object.entries(selector)
    .filter(([key, value]) => metadata.labels[key] !== value)
    .map(([key, value]) =>
      fieldViolation(
        'selector-matches-template',
        `spec.selector requires ${key}: ${value}, but its pods do not have this label. Use the same labels in spec.template.metadata.labels.`,
        `spec.template.metadata.labels: Invalid value: ${JSON.stringify(
          metadata.labels,
        )}: \`selector\` does not match template \`labels\``,
      ),
    );
}

function restartViolations(
  { spec }: Template,
  field: string,
  allowed: string[],
): Violation[] {
  const policy = spec.restartPolicy ?? 'Always';
  return allowed.includes(policy)
    ? []
    : [
        fieldViolation(
          'restart-policy',
          `restartPolicy must be ${allowed.join(' or ')}.`,
          `${field}.spec.restartPolicy: Unsupported value: ${JSON.stringify(
            policy,
          )}: supported values: ${[...allowed]
            .reverse()
            .map(value => JSON.stringify(value))
            .join(', ')}`,
        ),
      ];
}

function templateViolations(
  { metadata, spec }: Template,
  field: string,
  claims: string[],
): Violation[] {
  const volumes = [...spec.volumes.map(({ name }) => name), ...claims];
  const all = (['initContainers', 'containers'] as const).flatMap(list =>
    spec[list].map((container, index) => ({
      container,
      field: `${field}.spec.${list}[${index}]`,
    })),
  );
  const names = all.map(({ container }) => container.name);
  return [
    ...labelsViolations(metadata.labels, `${field}.metadata.labels`),
    ...(spec.containers.length === 0
      ? [
          fieldViolation(
            'containers-empty',
            'containers is empty. A pod needs at least one.',
            `${field}.spec.containers: Required value`,
          ),
        ]
      : []),
    ...all
      .filter(({ container }, index) => names.indexOf(container.name) !== index)
      .map(duplicate =>
        fieldViolation(
          'container-name-twice',
          `two containers have the name ${duplicate.container.name}. Rename one.`,
          `${duplicate.field}.name: Duplicate value: ${JSON.stringify(
            duplicate.container.name,
          )}`,
        ),
      ),
    ...all.flatMap(({ container, field: containerField }) =>
      containerViolations(container, containerField, volumes).map(
        violation => ({
          ...violation,
          advice: `container ${container.name}: ${violation.advice}`,
        }),
      ),
    ),
  ];
}

function containerViolations(
  container: z.infer<typeof containerSchema>,
  field: string,
  volumes: string[],
): Violation[] {
  const { image, resources, volumeMounts, ports } = container;
  return [
    ...(image
      ? []
      : [
          fieldViolation(
            'image-missing',
            'image is missing.',
            `${field}.image: Required value`,
          ),
        ]),
    ...volumeMounts.flatMap(({ name }, index) =>
      volumes.includes(name)
        ? []
        : [
            fieldViolation(
              'volume-not-found',
              `volumeMounts names the volume ${name}, which does not exist. Add it to volumes.`,
              `${field}.volumeMounts[${index}].name: Not found: ${JSON.stringify(
                name,
              )}`,
            ),
          ],
    ),
    ...ports.flatMap(({ containerPort }, index) =>
      isPort(containerPort)
        ? []
        : [
            portViolation(
              containerPort,
              `${field}.ports[${index}].containerPort`,
            ),
          ],
    ),
    ...Object.entries(resources.requests).flatMap(([name, request]) => {
      const limit = resources.limits[name];
      return limit !== undefined &&
        (quantityOf(request) ?? 0) > (quantityOf(limit) ?? Infinity)
        ? [
            fieldViolation(
              'request-over-limit',
              `it requests ${request} of ${name}, more than its limit of ${limit}.`,
              `${field}.resources.requests: Invalid value: ${JSON.stringify(
                String(request),
              )}: must be less than or equal to ${name} limit of ${limit}`,
            ),
          ]
        : [];
    }),
  ];
}
