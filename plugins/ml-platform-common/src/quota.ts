import { z } from 'zod';
import { freshnessSchema } from './freshness';
import { gpuAmountSchema, gpuKind } from './gpus';

export const quotaResourceSchema = z.object({
  /** Kubernetes' name; `cpu` and `memory` are normalised to `requests.cpu` and `requests.memory`. */
  resource: z.string(),
  kind: z.enum(['cpu', 'memory', 'gpu', 'storage', 'pods', 'objects']),
  /** Sort of GPU; only for the kind `gpu`. */
  gpu: z.object(gpuKind).optional(),
  /** Unit of `used` and `hard`. */
  unit: z.enum(['cores', 'bytes', 'count']),
  /** Absent until Kubernetes has computed it. */
  used: z.number().optional(),
  hard: z.number(),
  /** `used` divided by `hard`, above 1 after a quota was reduced. Absent when `hard` is 0 or `used` is absent. */
  ratio: z.number().optional(),
  /** Original quantities of the cluster. */
  usedQuantity: z.string().optional(),
  hardQuantity: z.string(),
  /** Name of the ResourceQuota with the least left, of those that limit this resource. */
  quota: z.string(),
  /** Scopes of the quota, for example `NotTerminating`; empty: all pods. */
  scopes: z.array(z.string()),
});
export type QuotaResource = z.infer<typeof quotaResourceSchema>;

const quotaConsumerSchema = z.object({
  /** Absent for pods without a workload. */
  workload: z.string().optional(),
  /** Pods that are not finished. */
  pods: z.number().int(),
  /** CPU requests in cores. */
  cpu: z.number(),
  /** Memory requests in bytes. */
  memory: z.number(),
  /** Whole GPUs. */
  gpus: z.number().int(),
  /** GPUs, slices and shares of GPUs, by resource. */
  gpuAmounts: z.array(gpuAmountSchema),
});
export type QuotaConsumer = z.infer<typeof quotaConsumerSchema>;

const quantitiesSchema = z.record(z.string(), z.string()).optional();

/** An item of a LimitRange: default and allowed resources of a container. */
const limitRuleSchema = z.object({
  /** For example `Container`. */
  type: z.string(),
  default: quantitiesSchema,
  defaultRequest: quantitiesSchema,
  min: quantitiesSchema,
  max: quantitiesSchema,
  maxLimitRequestRatio: quantitiesSchema,
});
export type LimitRule = z.infer<typeof limitRuleSchema>;

const environmentQuotaSchema = z.object({
  environment: z.string(),
  cluster: z.string(),
  /** Absent while the team has no namespace there. */
  namespace: z.string().optional(),
  resources: z.array(quotaResourceSchema),
  /** One page of consumers. */
  consumers: z.array(quotaConsumerSchema),
  /** Consumers on all pages. */
  consumersTotal: z.number().int(),
  limits: z.array(limitRuleSchema),
});
export type EnvironmentQuota = z.infer<typeof environmentQuotaSchema>;

export const quotaQuerySchema = z.object({
  /** Absent: all environments. */
  environment: z.string().max(100).optional(),
  /** Sort order of consumers, descending. */
  sort: z.enum(['cpu', 'memory', 'gpus', 'pods']).default('cpu'),
  /** Page of consumers in each environment. */
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
