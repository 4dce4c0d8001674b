import { z } from 'zod';
import {
  ignoredReportsSchema,
  reportStateSchema,
  severitySchema,
} from './findings';
import { freshnessSchema } from './freshness';

/** Number of distinct vulnerabilities by severity; each counts once, with its highest severity. */
export const severityCountsSchema = z.record(severitySchema, z.number().int());
export type SeverityCounts = z.infer<typeof severityCountsSchema>;

/** Scope of a query for findings, within the teams that the caller may see. */
export const findingsScopeQuerySchema = z.object({
  team: z.string().optional(),
  environment: z.string().optional(),
  workload: z.string().optional(),
});

const pageQuery = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
};

export const vulnerabilitiesQuerySchema = findingsScopeQuerySchema.extend({
  /** Comma-separated severities. */
  severity: z.string().optional(),
  fixable: z.stringbool().optional(),
  /** Part of the id, the title or the name of a package. */
  search: z.string().max(200).optional(),
  /** Exact name of a package. */
  package: z.string().max(200).optional(),
  /** Digest of an image, or part of its name. */
  image: z.string().max(300).optional(),
  /** `fixable`: descending order starts with those that have a fix, the most severe first. */
  sort: z
    .enum(['severity', 'score', 'cve', 'affected', 'firstSeen', 'fixable'])
    .default('severity'),
  order: z.enum(['asc', 'desc']).default('desc'),
  ...pageQuery,
});
export type VulnerabilitiesQuery = z.input<typeof vulnerabilitiesQuerySchema>;

/** A vulnerable package in the images that the caller may see. */
const affectedPackageSchema = z.object({
  name: z.string(),
  installedVersions: z.array(z.string()),
  /** Empty when there is no fix. */
  fixedVersions: z.array(z.string()),
});
export type AffectedPackage = z.infer<typeof affectedPackageSchema>;

/** A vulnerability in the running images that the caller may see; all numbers are about these images only. */
const vulnerabilityGroupSchema = z.object({
  /** For example `CVE-2026-12345`. */
  id: z.string(),
  /** Highest severity in a report. */
  severity: severitySchema,
  /** Highest CVSS score of a vendor, 0–10. */
  score: z.number().optional(),
  title: z.string(),
  /** http(s) only. */
  link: z.string().optional(),
  /** The first ten in a list. */
  packages: z.array(affectedPackageSchema),
  packageCount: z.number().int(),
  /** True when one of the packages has a fix. */
  fixable: z.boolean(),
  /** Number of affected images; an image counts once, wherever it runs. */
  images: z.number().int(),
  workloads: z.number().int(),
  teams: z.number().int(),
  /**
   * Time at which the portal first saw it in a running image of the team, or the time of the report if that is earlier;
   * ISO 8601. Absent while the database cannot be read.
   */
  firstSeen: z.string().optional(),
  /** Time of the newest report with it; ISO 8601. */
  lastSeen: z.string().optional(),
});
export type VulnerabilityGroup = z.infer<typeof vulnerabilityGroupSchema>;

/** Images that the counts are about. Without a report, or out of support, an image can have more than is counted. */
const coverageSchema = z.object({
  images: z.number().int(),
  withoutReport: z.number().int(),
  /** Number of images whose operating system is out of support. */
  endOfLife: z.number().int(),
});
export type Coverage = z.infer<typeof coverageSchema>;

/** `GET /vulnerabilities`. */
export const vulnerabilitiesSchema = z.object({
  /** Counts of all matching vulnerabilities, on all pages. */
  counts: severityCountsSchema,
  fixable: z.number().int(),
  coverage: coverageSchema,
  ignoredReports: ignoredReportsSchema,
  items: z.array(vulnerabilityGroupSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type Vulnerabilities = z.infer<typeof vulnerabilitiesSchema>;

export const vulnerabilityPlacesQuerySchema = findingsScopeQuerySchema.extend({
  ...pageQuery,
});
export type VulnerabilityPlacesQuery = z.input<
  typeof vulnerabilityPlacesQuerySchema
>;

/** A container with the vulnerability. */
const vulnerabilityPlaceSchema = z.object({
  team: z.string(),
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  /** Absent for pods without a workload. */
  workload: z.string().optional(),
  container: z.string(),
  image: z.string(),
  /** `sha256:…`; absent until a node has pulled the image. */
  digest: z.string().optional(),
  packages: z.array(
    z.object({
      name: z.string(),
      installedVersion: z.string(),
      fixedVersion: z.string().optional(),
    }),
  ),
  scannedAt: z.string().optional(),
});
export type VulnerabilityPlace = z.infer<typeof vulnerabilityPlaceSchema>;

/** `GET /vulnerabilities/:cve`: a vulnerability with the containers that have it. */
export const vulnerabilityDetailSchema = vulnerabilityGroupSchema.extend({
  /** One page, sorted by team, environment, workload and image. */
  places: z.array(vulnerabilityPlaceSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type VulnerabilityDetail = z.infer<typeof vulnerabilityDetailSchema>;

/** Findings in a team's running images. */
/** Findings in numbers. */
const findingsCounts = {
  counts: severityCountsSchema,
  fixable: z.number().int(),
  /** Number of images in use. */
  images: z.number().int(),
  /** Number of these without a report, including failed scans. */
  withoutReport: z.number().int(),
  /** Number of these with an outdated report. */
  stale: z.number().int(),
  /** Number of these whose operating system is out of support. */
  endOfLife: z.number().int(),
};

const teamFindingsSchema = z.object({
  team: z.string(),
  ...findingsCounts,
  ignoredReports: ignoredReportsSchema,
});
export type TeamFindings = z.infer<typeof teamFindingsSchema>;

/** Findings in the images of one workload, in numbers. */
export const workloadFindingsSchema = z.object(findingsCounts);
export type WorkloadFindings = z.infer<typeof workloadFindingsSchema>;

export const findingsSummaryQuerySchema = z.object({
  environment: z.string().optional(),
  ...pageQuery,
});
export type FindingsSummaryQuery = z.input<typeof findingsSummaryQuerySchema>;

/** `GET /findings/summary`: teams with running images, by name. */
export const findingsSummarySchema = z.object({
  /** Images in use by the state of their report; one of several teams counts once. */
  reports: z.record(reportStateSchema, z.number().int()),
  /** Number of these whose operating system is out of support. */
  endOfLife: z.number().int(),
  items: z.array(teamFindingsSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type FindingsSummary = z.infer<typeof findingsSummarySchema>;
