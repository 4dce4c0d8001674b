import { z } from 'zod';
import { conditionSchema, conditionsProjector } from './conditions';
import { metadataSchema, type Metadata } from './metadata';
import { podSpecProjector, podSpecSchema, volumesSchema } from './podTemplate';
import { keep, message, pick, text } from './projection/projector';
import type { Kind } from './Kind';
import type { StoredObject } from './StoredObject';

const terminatedSchema = z.object({
  exitCode: z.number(),
  reason: z.string().optional(),
  message: z.string().optional(),
  startedAt: z.string().nullish(),
  finishedAt: z.string().nullish(),
});
/** State of a terminated container. */
export type Terminated = z.infer<typeof terminatedSchema>;

const containerStateSchema = z.object({
  waiting: z
    .object({ reason: z.string().optional(), message: z.string().optional() })
    .optional(),
  running: z.object({ startedAt: z.string().optional() }).optional(),
  terminated: terminatedSchema.optional(),
});

const containerStatusSchema = z.object({
  name: z.string(),
  image: z.string().optional(),
  ready: z.boolean().default(false),
  /** Has passed its startup probe. */
  started: z.boolean().optional(),
  restartCount: z.number().default(0),
  state: containerStateSchema.optional(),
  /** Before the last restart. */
  lastState: containerStateSchema.optional(),
});
export type ContainerStatus = z.infer<typeof containerStatusSchema>;

export const podSchema = z.object({
  metadata: metadataSchema,
  spec: podSpecSchema.extend({
    nodeName: z.string().optional(),
    schedulerName: z.string().optional(),
    schedulingGates: z.array(z.object({ name: z.string() })).optional(),
    readinessGates: z.array(z.object({ conditionType: z.string() })).optional(),
  }),
  status: z
    .object({
      phase: z.string().optional(),
      reason: z.string().optional(),
      message: z.string().optional(),
      /** Where the scheduler makes room by preemption. */
      nominatedNodeName: z.string().optional(),
      conditions: z.array(conditionSchema).optional(),
      containerStatuses: z.array(containerStatusSchema).optional(),
      initContainerStatuses: z.array(containerStatusSchema).optional(),
    })
    .default({}),
});
export type Pod = z.infer<typeof podSchema>;

const containerStateProjector = pick({
  waiting: pick({ reason: text, message }),
  running: pick({ startedAt: keep }),
  terminated: pick({
    exitCode: keep,
    reason: text,
    message,
    startedAt: keep,
    finishedAt: keep,
  }),
});

const containerStatusesProjector = pick({
  name: text,
  image: text,
  imageID: text,
  ready: keep,
  started: keep,
  restartCount: keep,
  state: containerStateProjector,
  lastState: containerStateProjector,
});

export const podKind = {
  apiVersion: 'v1',
  kind: 'Pod',
  plural: 'pods',
  namespaced: true,
  schema: podSchema,
  projection: {
    spec: podSpecProjector,
    status: pick({
      phase: text,
      reason: text,
      message,
      startTime: keep,
      nominatedNodeName: text,
      podIP: keep,
      qosClass: text,
      conditions: conditionsProjector,
      containerStatuses: containerStatusesProjector,
      initContainerStatuses: containerStatusesProjector,
      ephemeralContainerStatuses: containerStatusesProjector,
    }),
  },
} satisfies Kind;

/** The fields of a parsed or stored pod that say whether it still runs. */
interface PodPhase {
  metadata: Metadata;
  status?: { phase?: unknown };
}

export function isFinishedPod({ status }: Pick<PodPhase, 'status'>): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}

/** Neither finished nor being deleted. */
export function isActivePod(pod: PodPhase): boolean {
  return !isFinishedPod(pod) && pod.metadata.deletionTimestamp === undefined;
}

export function isReadyPod({ status }: Pod): boolean {
  return Boolean(
    status.conditions?.some(
      ({ type, status: value }) => type === 'Ready' && value === 'True',
    ),
  );
}

/** The node that a pod is bound to. */
export function nodeOfPod({ spec }: StoredObject): string | undefined {
  return typeof spec?.nodeName === 'string' ? spec.nodeName : undefined;
}

/** Names of the PersistentVolumeClaims that a pod mounts. */
export function claimNames({ spec }: StoredObject): string[] {
  const { data } = volumesSchema.safeParse(spec?.volumes);
  return (data ?? []).flatMap(({ persistentVolumeClaim }) =>
    persistentVolumeClaim ? [persistentVolumeClaim.claimName] : [],
  );
}
