import { z } from 'zod';
import { labelProblems } from './metadata';
import { quantityOf } from '../../quantities';

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
export function workloadProblems(kind: string, spec: unknown): string[] {
  switch (kind) {
    case 'Deployment':
    case 'StatefulSet': {
      const { template, ...workload } = serviceSchema.parse(spec);
      return [
        ...selectorProblems(workload.selector.matchLabels, template),
        ...restartProblems(template, ['Always']),
        ...templateProblems(
          template,
          workload.volumeClaimTemplates.map(({ metadata }) => metadata.name),
        ),
      ];
    }
    case 'Job':
      return jobProblems(jobSchema.parse(spec).template);
    case 'CronJob':
      return jobProblems(
        z.object({ jobTemplate: z.object({ spec: jobSchema }) }).parse(spec)
          .jobTemplate.spec.template,
      );
    default:
      return [];
  }
}

function jobProblems(template: Template): string[] {
  return [
    ...restartProblems(template, ['Never', 'OnFailure']),
    ...templateProblems(template, []),
  ];
}

function selectorProblems(
  selector: Record<string, string>,
  { metadata }: Template,
): string[] {
  return Object.entries(selector)
    .filter(([key, value]) => metadata.labels[key] !== value)
    .map(
      ([key, value]) =>
        `spec.selector requires ${key}: ${value}, but its pods do not have this label. Use the same labels in spec.template.metadata.labels.`,
    );
}

function restartProblems({ spec }: Template, allowed: string[]): string[] {
  return allowed.includes(spec.restartPolicy ?? 'Always')
    ? []
    : [`restartPolicy must be ${allowed.join(' or ')}.`];
}

function templateProblems(
  { metadata, spec }: Template,
  claims: string[],
): string[] {
  const volumes = [...spec.volumes.map(({ name }) => name), ...claims];
  const all = [...spec.initContainers, ...spec.containers];
  const names = all.map(({ name }) => name);
  return [
    ...Object.entries(metadata.labels).flatMap(([key, value]) =>
      labelProblems(key, value),
    ),
    ...(spec.containers.length === 0
      ? ['containers is empty. A pod needs at least one.']
      : []),
    ...names
      .filter((name, index) => names.indexOf(name) !== index)
      .map(name => `two containers have the name ${name}. Rename one.`),
    ...all.flatMap(container =>
      containerProblems(container, volumes).map(
        problem => `container ${container.name}: ${problem}`,
      ),
    ),
  ];
}

function containerProblems(
  container: z.infer<typeof containerSchema>,
  volumes: string[],
): string[] {
  const { image, resources, volumeMounts, ports } = container;
  return [
    ...(image ? [] : ['image is missing.']),
    ...volumeMounts
      .filter(({ name }) => !volumes.includes(name))
      .map(
        ({ name }) =>
          `volumeMounts names the volume ${name}, which does not exist. Add it to volumes.`,
      ),
    ...ports
      .filter(({ containerPort }) => !isPort(containerPort))
      .map(
        ({ containerPort }) => `${containerPort} is not a port (1 to 65535).`,
      ),
    ...Object.entries(resources.requests)
      .filter(([name, request]) => {
        const limit = resources.limits[name];
        return (
          limit !== undefined &&
          (quantityOf(request) ?? 0) > (quantityOf(limit) ?? Infinity)
        );
      })
      .map(
        ([name, request]) =>
          `it requests ${request} of ${name}, more than its limit of ${resources.limits[name]}.`,
      ),
  ];
}

export function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}
