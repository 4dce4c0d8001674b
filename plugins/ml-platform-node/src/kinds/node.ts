import { z } from 'zod';
import { gpuCounts } from '../gpus/gpuDevices';
import { thousandthsOf, unitsOf } from '../quantities';
import { conditionsProjector, conditionsSchema } from './conditions';
import type { Kind } from './Kind';
import { metadataSchema } from './metadata';
import type { ResourceRequests } from './podRequests';
import { interned, keep, pick } from './projection/projector';
import { quantitiesSchema } from './quantitySchema';
import type { StoredObject } from './StoredObject';

const DEFAULT_NODE_POOL = 'default';
/** Labels of the vendors' feature discovery with the product of a node's GPUs. */
const PRODUCT_LABELS = [
  'nvidia.com/gpu.product',
  'amd.com/gpu.product-name',
  'beta.amd.com/gpu.product-name',
  'gpu.intel.com/product',
];
const REPLICAS_LABEL = 'nvidia.com/gpu.replicas';
const SPOT_LABELS = [
  'karpenter.sh/capacity-type',
  'eks.amazonaws.com/capacityType',
];
/** Autoscalers set these taints before they remove a node. */
const REMOVAL_TAINTS = [
  'karpenter.sh/disrupted',
  'ToBeDeletedByClusterAutoscaler',
];

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
      allocatable: quantitiesSchema.default({}),
      conditions: conditionsSchema,
    })
    .default({ allocatable: {}, conditions: [] }),
});

export const nodeKind = {
  apiVersion: 'v1',
  kind: 'Node',
  plural: 'nodes',
  namespaced: false,
  schema: nodeSchema,
  projection: {
    spec: pick({ unschedulable: keep, taints: interned() }),
    status: pick({
      capacity: interned(),
      allocatable: interned(),
      conditions: conditionsProjector,
      nodeInfo: interned(pick({ kubeletVersion: keep, architecture: keep })),
    }),
  },
} satisfies Kind;

/** The capacity of a node, without its pods. */
export interface NodeFacts {
  pool: string;
  /** Absent when the node has no label for it. */
  gpuProduct?: string;
  /** Number of shares of each GPU; absent when they are not shared. */
  gpuReplicas?: number;
  ready: boolean;
  /** Takes no new pods: cordoned, or about to be removed. */
  cordoned: boolean;
  spot: boolean;
  allocatable: ResourceRequests & { pods: number };
}

/**
 * @param poolLabels - labels that name the node pool; the first that is set counts.
 * @returns undefined for an object that does not parse as a node.
 */
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
    pool:
      poolLabels.map(label => labels[label]).find(Boolean) ?? DEFAULT_NODE_POOL,
    gpuProduct: PRODUCT_LABELS.map(label => labels[label]).find(Boolean),
    gpuReplicas: Number(labels[REPLICAS_LABEL]) || undefined,
    ready: status.conditions.some(
      ({ type, status: value }) => type === 'Ready' && value === 'True',
    ),
    cordoned:
      spec.unschedulable === true ||
      metadata.deletionTimestamp !== undefined ||
      Boolean(spec.taints?.some(({ key }) => REMOVAL_TAINTS.includes(key))),
    spot: SPOT_LABELS.some(label => labels[label]?.toLowerCase() === 'spot'),
    allocatable: {
      millicores: thousandthsOf(allocatable.cpu ?? '') ?? 0,
      memory: unitsOf(allocatable.memory ?? '') ?? 0,
      gpus: gpuCounts(allocatable),
      pods: unitsOf(allocatable.pods ?? '') ?? 0,
    },
  };
}
