import { z } from 'zod';

const quantitySchema = z.union([z.string(), z.number()]);

const containerSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  /** `Always` on an init container makes it a sidecar that keeps running. */
  restartPolicy: z.string().optional(),
  resources: z
    .object({
      limits: z.record(z.string(), quantitySchema).optional(),
      requests: z.record(z.string(), quantitySchema).optional(),
    })
    .optional(),
});
export type Container = z.infer<typeof containerSchema>;

export const podSpecSchema = z.object({
  containers: z.array(containerSchema).default([]),
  initContainers: z.array(containerSchema).optional(),
  volumes: z
    .array(
      z.object({
        persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
      }),
    )
    .optional(),
});
export type PodSpec = z.infer<typeof podSpecSchema>;

export const podTemplateSchema = z.object({ spec: podSpecSchema });

/** Containers that run as long as the pod does. */
export function runningContainers(spec: PodSpec): Container[] {
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  return [...sidecars, ...spec.containers];
}

/** Whole GPUs that one pod asks for. */
export function gpuCount(spec: PodSpec): number {
  return runningContainers(spec)
    .map(
      ({ resources }) =>
        resources?.limits?.['nvidia.com/gpu'] ??
        resources?.requests?.['nvidia.com/gpu'] ??
        0,
    )
    .reduce<number>((sum, quantity) => sum + (Number(quantity) || 0), 0);
}
