import { z } from 'zod';
import { ignoredReportsSchema, severitySchema } from './findings';
import { freshnessSchema } from './freshness';
import {
  findingsScopeQuerySchema,
  severityCountsSchema,
} from './vulnerabilities';

const auditsQuery = {
  /** Comma-separated severities. */
  severity: z.string().optional(),
  search: z.string().max(200).optional(),
  sort: z.enum(['severity', 'rule', 'resource']).default('severity'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

/** The audited object and its owner. */
const auditedSchema = z.object({
  team: z.string(),
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  workload: z.string().optional(),
  resource: z.object({ kind: z.string(), name: z.string() }),
  updatedAt: z.string().optional(),
});

export const configAuditsQuerySchema =
  findingsScopeQuerySchema.extend(auditsQuery);
export type ConfigAuditsQuery = z.input<typeof configAuditsQuerySchema>;

/** A failed check of a team's object. */
const configAuditSchema = auditedSchema.extend({
  /** For example `KSV-0014`. */
  rule: z.string(),
  title: z.string(),
  severity: severitySchema,
  category: z.string().optional(),
  description: z.string().optional(),
  remediation: z.string().optional(),
  /** Containers that the messages name; empty for a check of the whole object. */
  containers: z.array(z.string()),
  /** Trivy's messages, with the container and the value that fails, without credentials and addresses. */
  messages: z.array(z.string()),
});
export type ConfigAudit = z.infer<typeof configAuditSchema>;

/** `GET /config-audits`. */
export const configAuditsSchema = z.object({
  /** Counts of all matching items, on all pages. */
  counts: severityCountsSchema,
  ignoredReports: ignoredReportsSchema,
  items: z.array(configAuditSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type ConfigAudits = z.infer<typeof configAuditsSchema>;

export const exposedSecretsQuerySchema =
  findingsScopeQuerySchema.extend(auditsQuery);
export type ExposedSecretsQuery = z.input<typeof exposedSecretsQuerySchema>;

/** Location of a secret in an image. The portal never stores the secret or a part of it. */
const exposedSecretSchema = auditedSchema.extend({
  /** For example `aws-access-key-id`. */
  rule: z.string(),
  title: z.string(),
  severity: severitySchema,
  category: z.string().optional(),
  /** The file in the image, with possible secrets redacted. */
  target: z.string().optional(),
  image: z.string(),
  container: z.string().optional(),
});
export type ExposedSecret = z.infer<typeof exposedSecretSchema>;

/** `GET /exposed-secrets`. */
export const exposedSecretsSchema = z.object({
  counts: severityCountsSchema,
  ignoredReports: ignoredReportsSchema,
  items: z.array(exposedSecretSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type ExposedSecrets = z.infer<typeof exposedSecretsSchema>;
