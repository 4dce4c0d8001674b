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

/** A vulnerability in an image, in all environments where the image runs. */
const vulnerabilitySchema = z.object({
  id: z.string(),
  severity: severitySchema,
  /** CVSS score 0–10, when the vendor gives one. */
  score: z.number().optional(),
  title: z.string(),
  package: z.string(),
  installedVersion: z.string(),
  /** Absent without a fix. */
  fixedVersion: z.string().optional(),
  /** http(s) only. */
  link: z.string().optional(),
  image: z.string(),
  environments: z.array(z.string()),
});
export type Vulnerability = z.infer<typeof vulnerabilitySchema>;

/**
 * State of the Trivy report on a running image. `stale`: older than `mlPlatform.findings.staleAfterHours`. `none`: there
 * is no report, which is not the same as clean. `failed`: there is no report because the scan failed, which is known
 * while trivy-operator keeps the Job of the scan.
 */
export const reportStateSchema = z.enum(['present', 'stale', 'none', 'failed']);
export type ReportState = z.infer<typeof reportStateSchema>;

/**
 * Number of reports in the namespaces of the scope that are not counted, because trivy-operator did not write them, or
 * their date is in the future.
 */
export const ignoredReportsSchema = z.number().int();

export function hasReport(state: ReportState): boolean {
  return state === 'present' || state === 'stale';
}

/** `sidecar`: an init container that keeps running. `ephemeral`: added to a running pod by `kubectl debug`. */
const containerRoleSchema = z.enum([
  'container',
  'ephemeral',
  'init',
  'sidecar',
]);
export type ContainerRole = z.infer<typeof containerRoleSchema>;

/** Operating system of an image, as Trivy found it. */
const imageOsSchema = z.object({
  /** With the version, for example `CentOS 6.10`. */
  name: z.string(),
  /** It gets no security fixes any more, so a report without findings is not an all-clear. */
  endOfLife: z.boolean(),
});
export type ImageOs = z.infer<typeof imageOsSchema>;

/** Facts about an image that its report alone does not show. */
export const imageFacts = {
  /** Roles of the containers that use it. */
  roles: z.array(containerRoleSchema),
  /** False while no pod uses it: its workload has no replicas, or is a CronJob between two runs. */
  hasPods: z.boolean(),
  /** Absent without a report, or when the report names none, as for distroless and scratch images. */
  os: imageOsSchema.optional(),
  /** Sentences for people: limits of the report, or the reason why there is none. */
  notes: z.array(z.string()),
};

/** An image of one workload, with the state of its report. */
const scannedImageSchema = z.object({
  image: z.string(),
  environments: z.array(z.string()),
  containers: z.array(z.string()),
  ...imageFacts,
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
  /** Exact name of a package. */
  package: z.string().max(200).optional(),
  search: z.string().max(200).optional(),
  sort: z.enum(['severity', 'package', 'id']).default('severity'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
export type FindingsQuery = z.input<typeof findingsQuerySchema>;

/** `GET /teams/:team/workloads/:workload/findings`. */
export const findingsSchema = z.object({
  /** Number of distinct vulnerabilities in all images of the workload, before filters, as in `GET /vulnerabilities`. */
  counts: z.record(severitySchema, z.number().int()),
  fixable: z.number().int(),
  /** Number of images whose operating system is out of support. */
  endOfLife: z.number().int(),
  ignoredReports: ignoredReportsSchema,
  images: z.array(scannedImageSchema),
  /** One page, filtered and sorted. */
  items: z.array(vulnerabilitySchema),
  /** Matching items, on all pages. */
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type Findings = z.infer<typeof findingsSchema>;
