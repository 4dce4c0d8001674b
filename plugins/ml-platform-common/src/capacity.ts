import { z } from 'zod';
import { freshnessSchema } from './freshness';

/** What nodes have of a resource: cores, bytes or a count. */
export const resourceAmountsSchema = z.object({
  /** What pods can have, on all nodes. */
  allocatable: z.number(),
  /** What the pods that have a node and are not finished ask for. */
  requested: z.number(),
  /** What is left on nodes that are ready and take new pods. */
  free: z.number(),
});
export type ResourceAmounts = z.infer<typeof resourceAmountsSchema>;

export const gpuCapacitySchema = resourceAmountsSchema.extend({
  /** `nvidia.com/gpu.product` of the nodes; absent where they do not say. */
  product: z.string().optional(),
  /** The most that one pod can get now, since its GPUs must be on one node. */
  largest: z.number().int(),
});
export type GpuCapacity = z.infer<typeof gpuCapacitySchema>;

export const nodePoolSchema = z.object({
  /** From the first of the labels `mlPlatform.nodePools.labels` that a node has; `default` without any. */
  name: z.string(),
  nodes: z.object({
    total: z.number().int(),
    ready: z.number().int(),
    notReady: z.number().int(),
    /** Ready or not, but closed to new pods. */
    cordoned: z.number().int(),
    spot: z.number().int(),
  }),
  /** Of the nodes, 0 to 1. */
  spotShare: z.number(),
  /** In cores. */
  cpu: resourceAmountsSchema,
  /** In bytes. */
  memory: resourceAmountsSchema,
  pods: resourceAmountsSchema,
  /** By product; empty in a pool without GPUs. */
  gpus: z.array(gpuCapacitySchema),
});
export type NodePool = z.infer<typeof nodePoolSchema>;

export const clusterCapacitySchema = z.object({
  cluster: z.string(),
  pools: z.array(nodePoolSchema),
  /** Over all pools, by product. */
  gpus: z.array(gpuCapacitySchema),
  /** Pods that no node has yet. What Kueue holds back has no pods, and is not here. */
  waiting: z.object({
    pods: z.number().int(),
    gpuPods: z.number().int(),
    gpus: z.number().int(),
  }),
});
export type ClusterCapacity = z.infer<typeof clusterCapacitySchema>;

export const capacityQuerySchema = z.object({
  /** Absent: all clusters. */
  cluster: z.string().max(100).optional(),
});
export type CapacityQuery = z.input<typeof capacityQuerySchema>;

/** `GET /capacity?cluster=`: sums that tell of no team and no workload. */
export const capacitySchema = z.object({
  clusters: z.array(clusterCapacitySchema),
  freshness: freshnessSchema,
});
export type Capacity = z.infer<typeof capacitySchema>;
