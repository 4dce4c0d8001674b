import { z } from 'zod';
import { freshnessSchema } from './freshness';

export const severitySchema = z.enum([
  'CRITICAL',
  'HIGH',
  'MEDIUM',
  'LOW',
  'UNKNOWN',
]);
export type Severity = z.infer<typeof severitySchema>;

/** One vulnerability in one image of a workload, in all environments that run the image. */
export const vulnerabilitySchema = z.object({
  id: z.string(),
  severity: severitySchema,
  /** CVSS score 0–10, when the vendor gives one. */
  score: z.number().optional(),
  title: z.string(),
  package: z.string(),
  installedVersion: z.string(),
  /** Absent when there is no fix. */
  fixedVersion: z.string().optional(),
  /** http(s) only. */
  link: z.string().optional(),
  image: z.string(),
  environments: z.array(z.string()),
});
export type Vulnerability = z.infer<typeof vulnerabilitySchema>;

/**
 * State of the Trivy report on a running image. `stale`: older than `mlPlatform.findings.staleAfterHours`. `none`: there
 * is no report, which does not mean that there are no vulnerabilities. `failed`: there is no report because the scan failed, which is known
 * while trivy-operator keeps the Job of the scan.
 */
export const reportStateSchema = z.enum(['present', 'stale', 'none', 'failed']);
export type ReportState = z.infer<typeof reportStateSchema>;

export function hasReport(state: ReportState): boolean {
  return state === 'present' || state === 'stale';
}

/** A running image of one workload, with the state of its report. */
export const scannedImageSchema = z.object({
  image: z.string(),
  environments: z.array(z.string()),
  containers: z.array(z.string()),
  report: reportStateSchema,
  /** Time of the report; ISO 8601. */
  scannedAt: z.string().optional(),
  /** Sample data of the sandbox, not a scan. */
  sample: z.boolean(),
});
export type ScannedImage = z.infer<typeof scannedImageSchema>;

export const findingsQuerySchema = z.object({
  /** Comma-separated severities. */
  severity: z.string().optional(),
  fixable: z.stringbool().optional(),
  search: z.string().max(200).optional(),
  sort: z.enum(['severity', 'package', 'id']).default('severity'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type FindingsQuery = z.input<typeof findingsQuerySchema>;

/** `GET /teams/:team/workloads/:workload/findings`. */
export const findingsSchema = z.object({
  /** Counts for all running images, before filters. */
  counts: z.record(severitySchema, z.number().int()),
  fixable: z.number().int(),
  images: z.array(scannedImageSchema),
  /** One page, filtered and sorted. */
  items: z.array(vulnerabilitySchema),
  /** Items that match the filters, on all pages. */
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type Findings = z.infer<typeof findingsSchema>;
