import { z } from 'zod';

const duration = z
  .string()
  .regex(/^(\d+(ms|[smhdwy]))+$/, 'must be a duration, for example 30s');
const stringMap = z.record(z.string(), z.string());

const metadata = z.object({
  name: z.string(),
  namespace: z.string().optional(),
  labels: stringMap.optional(),
  annotations: stringMap.optional(),
});

/** Prometheus Operator's ServiceMonitor, without `namespaceSelector`, so that it scrapes its own namespace only. */
export const serviceMonitorSchema = z.strictObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata,
  spec: z.strictObject({
    selector: z.strictObject({
      matchLabels: stringMap.optional(),
      matchExpressions: z
        .array(
          z.strictObject({
            key: z.string(),
            operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
            values: z.array(z.string()).optional(),
          }),
        )
        .optional(),
    }),
    endpoints: z
      .array(
        z.strictObject({
          port: z.string(),
          path: z.string().startsWith('/').optional(),
          scheme: z.enum(['http', 'https']).optional(),
          interval: duration.optional(),
          scrapeTimeout: duration.optional(),
        }),
      )
      .min(1),
    jobLabel: z.string().optional(),
    targetLabels: z.array(z.string()).optional(),
    podTargetLabels: z.array(z.string()).optional(),
    sampleLimit: z.number().int().min(1).optional(),
  }),
});

const rule = z.strictObject({
  alert: z.string().optional(),
  record: z.string().optional(),
  expr: z.union([z.string(), z.number()]),
  for: duration.optional(),
  keep_firing_for: duration.optional(),
  labels: stringMap.optional(),
  annotations: stringMap.optional(),
});

/** Prometheus Operator's PrometheusRule. */
export const prometheusRuleSchema = z.strictObject({
  apiVersion: z.string(),
  kind: z.string(),
  metadata,
  spec: z.strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        interval: duration.optional(),
        rules: z.array(
          rule.refine(
            value =>
              (value.alert === undefined) !== (value.record === undefined),
            'write either `alert` or `record`',
          ),
        ),
      }),
    ),
  }),
});
