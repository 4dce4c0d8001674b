import { z } from 'zod';
import {
  combineCounts,
  gpuCounts,
  NO_GPUS,
  wholeGpus,
  type GpuCounts,
} from '../gpus/gpuDevices';
import { interned, keep, pick, text } from './projection/projector';
import { quantitiesSchema } from './quantitySchema';

const resourcesSchema = z.object({
  limits: quantitiesSchema.optional(),
  requests: quantitiesSchema.optional(),
});

const containerSchema = z.object({
  name: z.string(),
  image: z.string().default(''),
  /** `Always` on an init container makes it a sidecar that keeps running. */
  restartPolicy: z.string().optional(),
  resources: resourcesSchema.optional(),
});
export type Container = z.infer<typeof containerSchema>;

export const volumesSchema = z.array(
  z.object({
    persistentVolumeClaim: z.object({ claimName: z.string() }).optional(),
  }),
);

export const podSpecSchema = z.object({
  containers: z.array(containerSchema).default([]),
  initContainers: z.array(containerSchema).optional(),
  /** Overhead of the runtime class. */
  overhead: quantitiesSchema.optional(),
  /** Pod-level resources. */
  resources: resourcesSchema.optional(),
  volumes: volumesSchema.optional(),
});
export type PodSpec = z.infer<typeof podSpecSchema>;

export const podTemplateSchema = z.object({ spec: podSpecSchema });

const resourcesProjector = pick({ requests: keep, limits: keep });

/** Environment variables and arguments are dropped: people put credentials there. */
const containersProjector = interned(
  pick({
    name: keep,
    image: keep,
    restartPolicy: keep,
    resources: resourcesProjector,
    ports: pick({ name: keep, containerPort: keep, protocol: keep }),
  }),
);

const podSpecFields = {
  containers: containersProjector,
  initContainers: containersProjector,
  nodeSelector: interned(),
  overhead: interned(),
  resources: interned(resourcesProjector),
  restartPolicy: text,
  priorityClassName: text,
  serviceAccountName: text,
  schedulingGates: interned(),
  volumes: interned(
    pick({
      name: keep,
      persistentVolumeClaim: pick({ claimName: keep }),
    }),
  ),
};

/** Ephemeral containers, which `kubectl debug` adds, exist in pods only. */
export const podSpecProjector = pick({
  ...podSpecFields,
  ephemeralContainers: containersProjector,
  nodeName: text,
  schedulerName: text,
  readinessGates: interned(),
});

export const podTemplateProjector = pick({
  metadata: pick({ labels: interned() }),
  spec: pick(podSpecFields),
});

/** Containers that run as long as the pod does: sidecars first. */
export function runningContainers(
  spec: Pick<PodSpec, 'containers' | 'initContainers'>,
): Container[] {
  const sidecars = (spec.initContainers ?? []).filter(
    ({ restartPolicy }) => restartPolicy === 'Always',
  );
  return [...sidecars, ...spec.containers];
}

/** GPUs that the containers of one pod request while it runs, by resource. */
export function gpusOfSpec(
  spec: Pick<PodSpec, 'containers' | 'initContainers'>,
): GpuCounts {
  return runningContainers(spec)
    .map(({ resources }) =>
      gpuCounts({ ...resources?.requests, ...resources?.limits }),
    )
    .reduce((sum, counts) => combineCounts(sum, counts, plus), NO_GPUS);
}

/** Whole GPUs that one pod requests. */
export function gpuCount(spec: PodSpec): number {
  return wholeGpus(gpusOfSpec(spec));
}

function plus(a: number, b: number): number {
  return a + b;
}
