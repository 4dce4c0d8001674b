import { z } from 'zod';
import { freshnessSchema } from './freshness';

export const quotaResourceSchema = z.object({
  /** As Kubernetes calls it; `cpu` and `memory` are told as what they mean, `requests.cpu` and `requests.memory`. */
  resource: z.string(),
  kind: z.enum(['cpu', 'memory', 'gpu', 'storage', 'pods', 'objects']),
  /** Of `used` and `hard`. */
  unit: z.enum(['cores', 'bytes', 'count']),
  /** Absent while Kubernetes has not counted yet. */
  used: z.number().optional(),
  hard: z.number(),
  /** `used` of `hard`, above 1 when a quota was made smaller. Absent when nothing is allowed or counted. */
  ratio: z.number().optional(),
  /** As the cluster writes them. */
  usedQuantity: z.string().optional(),
  hardQuantity: z.string(),
  /** Of the quotas that limit this resource, the one with the least left. */
  quota: z.string(),
  /** The pods that it is about, for example `NotTerminating`; empty: everything. */
  scopes: z.array(z.string()),
});
export type QuotaResource = z.infer<typeof quotaResourceSchema>;

export const quotaConsumerSchema = z.object({
  /** Absent: pods that belong to no workload. */
  workload: z.string().optional(),
  /** Pods that are not finished. */
  pods: z.number().int(),
  /** Requests, in cores. */
  cpu: z.number(),
  /** Requests, in bytes. */
  memory: z.number(),
  gpus: z.number().int(),
});
export type QuotaConsumer = z.infer<typeof quotaConsumerSchema>;

const quantitiesSchema = z.record(z.string(), z.string()).optional();

/** A rule of a LimitRange: what a container gets that asks for nothing, and what it may ask for at most. */
export const limitRuleSchema = z.object({
  /** For example `Container`. */
  type: z.string(),
  default: quantitiesSchema,
  defaultRequest: quantitiesSchema,
  min: quantitiesSchema,
  max: quantitiesSchema,
  maxLimitRequestRatio: quantitiesSchema,
});
export type LimitRule = z.infer<typeof limitRuleSchema>;

export const environmentQuotaSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  /** Absent while the team has no namespace there. */
  namespace: z.string().optional(),
  resources: z.array(quotaResourceSchema),
  /** The first of them. */
  consumers: z.array(quotaConsumerSchema),
  /** How many there are. */
  consumersTotal: z.number().int(),
  limits: z.array(limitRuleSchema),
});
export type EnvironmentQuota = z.infer<typeof environmentQuotaSchema>;

export const quotaQuerySchema = z.object({
  /** Absent: all environments. */
  environment: z.string().max(100).optional(),
  /** What consumers are sorted by, most first. */
  sort: z.enum(['cpu', 'memory', 'gpus', 'pods']).default('cpu'),
  /** Consumers of each environment. */
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(10),
});
export type QuotaQuery = z.input<typeof quotaQuerySchema>;

/** `GET /teams/:team/quota`. */
export const teamQuotaSchema = z.object({
  team: z.string(),
  environments: z.array(environmentQuotaSchema),
  freshness: freshnessSchema,
});
export type TeamQuota = z.infer<typeof teamQuotaSchema>;
