import { z } from 'zod';
import type { KubernetesObject } from '../kustomize';

const resources = z
  .record(z.string(), z.union([z.string(), z.number()]))
  .default({});

const containerSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  ports: z.array(z.object({ hostPort: z.number().optional() })).default([]),
  resources: z
    .object({ requests: resources, limits: resources })
    .default({ requests: {}, limits: {} }),
  securityContext: z
    .object({
      privileged: z.boolean().optional(),
      allowPrivilegeEscalation: z.boolean().optional(),
      runAsNonRoot: z.boolean().optional(),
      runAsUser: z.number().optional(),
      seccompProfile: z.object({ type: z.string() }).optional(),
      capabilities: z
        .object({
          add: z.array(z.string()).default([]),
          drop: z.array(z.string()).default([]),
        })
        .optional(),
    })
    .default({}),
});

/** The fields of a pod that decide what it can do to others. */
const podSpecSchema = z.object({
  hostNetwork: z.boolean().optional(),
  hostPID: z.boolean().optional(),
  hostIPC: z.boolean().optional(),
  securityContext: z
    .object({
      runAsNonRoot: z.boolean().optional(),
      runAsUser: z.number().optional(),
      seccompProfile: z.object({ type: z.string() }).optional(),
    })
    .default({}),
  initContainers: z.array(containerSchema).default([]),
  containers: z.array(containerSchema),
  volumes: z
    .array(
      z.looseObject({ name: z.string(), hostPath: z.unknown().optional() }),
    )
    .default([]),
});

export type PodSpec = z.infer<typeof podSpecSchema>;
export type Container = PodSpec['containers'][number];

const templateSchema = z.object({
  spec: z.object({ template: z.object({ spec: podSpecSchema }) }),
});
const cronJobSchema = z.object({
  spec: z.object({ jobTemplate: templateSchema }),
});

/** The pods that an object makes: undefined for kinds without, an error for pods that cannot be read. */
export function podSpecOf(
  object: KubernetesObject,
): z.ZodSafeParseResult<PodSpec> | undefined {
  switch (object.kind) {
    case 'Deployment':
    case 'StatefulSet':
    case 'Job':
      return templateSchema
        .transform(({ spec }) => spec.template.spec)
        .safeParse(object);
    case 'CronJob':
      return cronJobSchema
        .transform(({ spec }) => spec.jobTemplate.spec.template.spec)
        .safeParse(object);
    default:
      return undefined;
  }
}
