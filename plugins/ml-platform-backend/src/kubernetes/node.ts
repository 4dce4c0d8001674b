import {
  thousandthsOf,
  unitsOf,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { metadataSchema } from './metadata';
import { GPU_RESOURCE, type ResourceRequests } from './podRequests';

export const DEFAULT_POOL = 'default';
const PRODUCT_LABEL = 'nvidia.com/gpu.product';
const SPOT_LABELS = [
  'karpenter.sh/capacity-type',
  'eks.amazonaws.com/capacityType',
];
/** Autoscalers close a node with these before they take it away. */
const LEAVING_TAINTS = [
  'karpenter.sh/disrupted',
  'ToBeDeletedByClusterAutoscaler',
];

const quantity = z.union([z.string(), z.number()]);
const nodeSchema = z.object({
  metadata: metadataSchema,
  spec: z
    .object({
      unschedulable: z.boolean().optional(),
      taints: z.array(z.object({ key: z.string() })).optional(),
    })
    .default({}),
  status: z
    .object({
      allocatable: z.record(z.string(), quantity).default({}),
      conditions: z
        .array(z.object({ type: z.string(), status: z.string() }))
        .default([]),
    })
    .default({ allocatable: {}, conditions: [] }),
});

/** What is known of a node without its pods. */
export interface NodeFacts {
  pool: string;
  /** Absent where the node does not say. */
  gpuProduct?: string;
  ready: boolean;
  /** Takes no new pods: cordoned, or on its way out. */
  cordoned: boolean;
  spot: boolean;
  allocatable: ResourceRequests & { pods: number };
}

/** @returns undefined for what is no node. */
export function nodeFacts(
  object: StoredObject,
  poolLabels: string[],
): NodeFacts | undefined {
  const { data: node } = nodeSchema.safeParse(object);
  if (!node) {
    return undefined;
  }
  const { metadata, spec, status } = node;
  const labels = metadata.labels ?? {};
  const { allocatable } = status;
  return {
    pool: poolLabels.map(label => labels[label]).find(Boolean) ?? DEFAULT_POOL,
    gpuProduct: labels[PRODUCT_LABEL],
    ready: status.conditions.some(
      ({ type, status: value }) => type === 'Ready' && value === 'True',
    ),
    cordoned:
      spec.unschedulable === true ||
      metadata.deletionTimestamp !== undefined ||
      Boolean(spec.taints?.some(({ key }) => LEAVING_TAINTS.includes(key))),
    spot: SPOT_LABELS.some(label => labels[label]?.toLowerCase() === 'spot'),
    allocatable: {
      millicores: thousandthsOf(allocatable.cpu ?? '') ?? 0,
      memory: unitsOf(allocatable.memory ?? '') ?? 0,
      gpus: unitsOf(allocatable[GPU_RESOURCE] ?? '') ?? 0,
      pods: unitsOf(allocatable.pods ?? '') ?? 0,
    },
  };
}
