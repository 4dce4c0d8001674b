import { z } from 'zod';
import { count, customObject, labelSelector, stringMap } from './customObject';

const duration = z
  .string()
  .regex(/^(\d+(ms|[smhdwy]))+$/, 'must be a duration, for example 30s');

// Fields that policies refuse are for the policies to name.
const endpoint = {
  path: z.string().startsWith('/').optional(),
  scheme: z.enum(['http', 'https']).optional(),
  params: z.record(z.string(), z.array(z.string())).optional(),
  interval: duration.optional(),
  scrapeTimeout: duration.optional(),
  honorLabels: z.boolean().optional(),
  honorTimestamps: z.boolean().optional(),
  followRedirects: z.boolean().optional(),
  enableHttp2: z.boolean().optional(),
  filterRunning: z.boolean().optional(),
  authorization: z.unknown().optional(),
  basicAuth: z.unknown().optional(),
  bearerTokenFile: z.unknown().optional(),
  metricRelabelings: z.unknown().optional(),
  oauth2: z.unknown().optional(),
  proxyFromEnvironment: z.unknown().optional(),
  proxyUrl: z.unknown().optional(),
  relabelings: z.unknown().optional(),
  tlsConfig: z.unknown().optional(),
};
const monitor = {
  selector: labelSelector,
  namespaceSelector: z.unknown().optional(),
  jobLabel: z.string().optional(),
  podTargetLabels: z.array(z.string()).optional(),
  sampleLimit: count.optional(),
  targetLimit: count.optional(),
  labelLimit: count.optional(),
  labelNameLengthLimit: count.optional(),
  labelValueLengthLimit: count.optional(),
};

/** Prometheus Operator's ServiceMonitor. As in all schemas of custom resources, only the fields that teams may use. */
export const serviceMonitorSchema = customObject(
  z.strictObject({
    ...monitor,
    targetLabels: z.array(z.string()).optional(),
    endpoints: z
      .array(z.strictObject({ ...endpoint, port: z.string() }))
      .min(1),
  }),
);

/** Prometheus Operator's PodMonitor. */
export const podMonitorSchema = customObject(
  z.strictObject({
    ...monitor,
    podMetricsEndpoints: z
      .array(
        z
          .strictObject({
            ...endpoint,
            port: z.string().optional(),
            portNumber: z.number().int().min(1).max(65535).optional(),
          })
          .refine(
            value => (value.port ?? value.portNumber) !== undefined,
            'must have port, the name of a port of the container',
          ),
      )
      .min(1),
  }),
);

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
export const prometheusRuleSchema = customObject(
  z.strictObject({
    groups: z.array(
      z.strictObject({
        name: z.string(),
        interval: duration.optional(),
        limit: count.optional(),
        query_offset: duration.optional(),
        labels: stringMap.optional(),
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
);
