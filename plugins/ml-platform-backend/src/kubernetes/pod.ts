import { z } from 'zod';
import { metadataSchema } from './metadata';
import { podSpecSchema } from './podTemplate';

const terminatedSchema = z.object({
  exitCode: z.number(),
  reason: z.string().optional(),
  message: z.string().optional(),
});
export type Terminated = z.infer<typeof terminatedSchema>;

const containerStateSchema = z.object({
  waiting: z
    .object({ reason: z.string().optional(), message: z.string().optional() })
    .optional(),
  running: z.object({}).optional(),
  terminated: terminatedSchema.optional(),
});

const containerStatusSchema = z.object({
  name: z.string(),
  image: z.string().optional(),
  ready: z.boolean().default(false),
  restartCount: z.number().default(0),
  state: containerStateSchema.optional(),
  lastState: containerStateSchema.optional(),
});
export type ContainerStatus = z.infer<typeof containerStatusSchema>;

export const podSchema = z.object({
  metadata: metadataSchema,
  spec: podSpecSchema,
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      conditions: z
        .array(
          z.object({
            type: z.string(),
            status: z.string(),
            reason: z.string().optional(),
            message: z.string().optional(),
          }),
        )
        .optional(),
      containerStatuses: z.array(containerStatusSchema).optional(),
      initContainerStatuses: z.array(containerStatusSchema).optional(),
    })
    .default({}),
});
export type Pod = z.infer<typeof podSchema>;

/** Neither finished nor on its way out. */
export function isActivePod({ metadata, status }: Pod): boolean {
  return (
    status.phase !== 'Succeeded' &&
    status.phase !== 'Failed' &&
    metadata.deletionTimestamp === undefined
  );
}

export function isReadyPod({ status }: Pod): boolean {
  return Boolean(
    status.conditions?.some(
      ({ type, status: value }) => type === 'Ready' && value === 'True',
    ),
  );
}
