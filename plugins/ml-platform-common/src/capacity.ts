import { z } from 'zod';
import { freshnessSchema } from './freshness';
import { gpuAmountSchema, gpuKind } from './gpus';

/** Amounts of one resource, summed over nodes. Units are on the fields that use this: cores, bytes or a count. */
const resourceAmountsSchema = z.object({
  /** Allocatable amount of all nodes: their capacity without system reservations. */
  allocatable: z.number(),
  /** Sum of the resource requests of scheduled pods that have not finished. */
  requested: z.number(),
  /** Amount that no pod requests, on nodes that are ready and schedulable only. */
  free: z.number(),
});
export type ResourceAmounts = z.infer<typeof resourceAmountsSchema>;

/** GPUs of one sort and product, as a count. A slice or share of a GPU is an entry of its own, never part of the GPUs. */
const gpuCapacitySchema = resourceAmountsSchema.extend({
  ...gpuKind,
  /** Value of the node's label with the product, for example `nvidia.com/gpu.product`; absent for nodes without one. */
  product: z.string().optional(),
  /** Largest number of free GPUs on one node, and so the most that a new pod can get. */
  largest: z.number().int(),
});
export type GpuCapacity = z.infer<typeof gpuCapacitySchema>;

const nodePoolSchema = z.object({
  /** Value of the first of the labels in `mlPlatform.nodePools.labels` that a node has; `default` if it has none of them. */
  name: z.string(),
  nodes: z.object({
    total: z.number().int(),
    ready: z.number().int(),
    notReady: z.number().int(),
    /** Nodes with `spec.unschedulable`, ready or not. */
    cordoned: z.number().int(),
    /** Nodes that a label of Karpenter or EKS marks as spot capacity. */
    spot: z.number().int(),
  }),
  /** Share of spot nodes, 0 to 1. */
  spotShare: z.number(),
  /** In cores. */
  cpu: resourceAmountsSchema,
  /** In bytes. */
  memory: resourceAmountsSchema,
  /** Number of pods. */
  pods: resourceAmountsSchema,
  /** One entry per resource and product; empty in a pool without GPUs. */
  gpus: z.array(gpuCapacitySchema),
});
export type NodePool = z.infer<typeof nodePoolSchema>;

const clusterCapacitySchema = z.object({
  cluster: z.string(),
  pools: z.array(nodePoolSchema),
  /** Sums over all pools, one entry per resource and product. */
  gpus: z.array(gpuCapacitySchema),
  /** Pods that no node has been assigned to. Workloads in a Kueue queue have no pods yet and are not included. */
  waiting: z.object({
    pods: z.number().int(),
    /** Those of the pods that request GPUs, slices or shares of GPUs. */
    gpuPods: z.number().int(),
    /** Whole GPUs that these pods request. */
    gpus: z.number().int(),
    /** All that they request, by resource. */
    gpuAmounts: z.array(gpuAmountSchema),
  }),
});
export type ClusterCapacity = z.infer<typeof clusterCapacitySchema>;

export const capacityQuerySchema = z.object({
  /** Name of a cluster; all clusters if absent. */
  cluster: z.string().max(100).optional(),
});
export type CapacityQuery = z.input<typeof capacityQuerySchema>;

/** Response of `GET /capacity?cluster=`. It has sums only, so that it reveals no team and no workload. */
export const capacitySchema = z.object({
  clusters: z.array(clusterCapacitySchema),
  freshness: freshnessSchema,
});
export type Capacity = z.infer<typeof capacitySchema>;
