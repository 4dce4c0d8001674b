import { withoutAddresses } from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { metadataSchema } from './metadata';
import { podSpecSchema } from './podTemplate';

const terminatedSchema = z.object({
  exitCode: z.number(),
  reason: z.string().optional(),
  message: z.string().optional(),
});

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
type ContainerStatus = z.infer<typeof containerStatusSchema>;

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

/** Why a pod does not do its work, in words; undefined when it does. */
export function podReason(pod: Pod): string | undefined {
  const { status } = pod;
  const unscheduled = status.conditions?.find(
    ({ type, status: value }) => type === 'PodScheduled' && value === 'False',
  );
  const reason =
    unscheduled?.message ??
    [
      ...(status.initContainerStatuses ?? []),
      ...(status.containerStatuses ?? []),
    ]
      .map(containerReason)
      .find(candidate => candidate !== undefined) ??
    evictionReason(pod) ??
    (status.phase === 'Pending' ? 'Waiting to be started.' : undefined) ??
    (status.phase === 'Running' && !isReadyPod(pod)
      ? 'Running, but not ready yet.'
      : undefined);
  return reason === undefined ? undefined : withoutAddresses(reason);
}

function evictionReason({ status }: Pod): string | undefined {
  return status.reason
    ? [status.reason, status.message].filter(Boolean).join(': ')
    : undefined;
}

function containerReason(container: ContainerStatus): string | undefined {
  const { name, image, state } = container;
  if (state?.terminated && state.terminated.exitCode !== 0) {
    return `Container ${name} ended with ${exitWords(state.terminated)}.`;
  }
  const words = state?.waiting?.message ?? state?.waiting?.reason;
  switch (state?.waiting?.reason) {
    case undefined:
    case 'PodInitializing':
      return undefined;
    case 'ContainerCreating':
      return `Container ${name} is being created.`;
    case 'CrashLoopBackOff':
      return `Container ${name} crashes again and again${lastExit(container)}.`;
    case 'ErrImagePull':
    case 'ImagePullBackOff':
    case 'InvalidImageName':
      return `Cannot pull image ${image ?? ''}: ${words}`;
    default:
      return `Container ${name} cannot start: ${words}`;
  }
}

function lastExit({ lastState, restartCount }: ContainerStatus): string {
  return lastState?.terminated
    ? `: ${restartCount} restarts, last with ${exitWords(lastState.terminated)}`
    : '';
}

function exitWords({
  exitCode,
  reason,
}: z.infer<typeof terminatedSchema>): string {
  switch (reason) {
    case 'OOMKilled':
      return `exit code ${exitCode}, out of memory`;
    case undefined:
    case 'Error':
      return `exit code ${exitCode}`;
    default:
      return `exit code ${exitCode}, ${reason}`;
  }
}
