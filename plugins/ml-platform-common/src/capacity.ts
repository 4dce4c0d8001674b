import { z } from 'zod';
import { freshnessSchema } from './freshness';

/** Amounts of a resource on nodes: cores, bytes or a count. */
const resourceAmountsSchema = z.object({
  /** Amount that pods can use, on all nodes. */
  allocatable: z.number(),
  /** Resource requests of scheduled pods that are not finished. */
  requested: z.number(),
  /** Unrequested amount on nodes that are ready and schedulable. */
  free: z.number(),
});
export type ResourceAmounts = z.infer<typeof resourceAmountsSchema>;

const gpuCapacitySchema = resourceAmountsSchema.extend({
  /** Node label `nvidia.com/gpu.product`; absent on nodes without it. */
  product: z.string().optional(),
  /** Largest number that one pod can get now: all its GPUs must be on one node. */
  largest: z.number().int(),
});
export type GpuCapacity = z.infer<typeof gpuCapacitySchema>;

const nodePoolSchema = z.object({
  /** Value of the first label of `mlPlatform.nodePools.labels` that a node has; `default` without any. */
  name: z.string(),
  nodes: z.object({
    total: z.number().int(),
    ready: z.number().int(),
    notReady: z.number().int(),
    /** Unschedulable nodes, ready or not. */
    cordoned: z.number().int(),
    spot: z.number().int(),
  }),
  /** Share of spot nodes, 0 to 1. */
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

const clusterCapacitySchema = z.object({
  cluster: z.string(),
  pools: z.array(nodePoolSchema),
  /** Sums over all pools, by product. */
  gpus: z.array(gpuCapacitySchema),
  /** Pods without a node. Workloads that Kueue holds back have no pods and are not included. */
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

/** `GET /capacity?cluster=`: sums that reveal no team and no workload. */
export const capacitySchema = z.object({
  clusters: z.array(clusterCapacitySchema),
  freshness: freshnessSchema,
});
export type Capacity = z.infer<typeof capacitySchema>;
