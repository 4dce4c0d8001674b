import { z } from 'zod';
import { severitySchema } from './findings';
import { freshnessSchema } from './freshness';

/** How many distinct vulnerabilities there are of each severity; each counts once, with its worst. */
export const severityCountsSchema = z.record(severitySchema, z.number().int());
export type SeverityCounts = z.infer<typeof severityCountsSchema>;

/** Restricts an answer about findings to a part of what the caller may see. */
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
  /** A part of the id, the title or a package's name. */
  search: z.string().max(200).optional(),
  /** The exact name of a package. */
  package: z.string().max(200).optional(),
  /** The digest of an image, or a part of its name. */
  image: z.string().max(300).optional(),
  sort: z
    .enum(['severity', 'score', 'cve', 'affected', 'firstSeen'])
    .default('severity'),
  order: z.enum(['asc', 'desc']).default('desc'),
  ...pageQuery,
});
export type VulnerabilitiesQuery = z.input<typeof vulnerabilitiesQuerySchema>;

/** A package that a vulnerability is in, in the images that the caller may see. */
export const affectedPackageSchema = z.object({
  name: z.string(),
  installedVersions: z.array(z.string()),
  /** Empty when there is no fix. */
  fixedVersions: z.array(z.string()),
});
export type AffectedPackage = z.infer<typeof affectedPackageSchema>;

/** One vulnerability over all images that run now and that the caller may see. Every number is of those only. */
export const vulnerabilityGroupSchema = z.object({
  /** For example `CVE-2026-12345`. */
  id: z.string(),
  /** The worst that a report gives it. */
  severity: severitySchema,
  /** The highest CVSS score 0–10, when a vendor gives one. */
  score: z.number().optional(),
  title: z.string(),
  /** http(s) only. */
  link: z.string().optional(),
  /** At most ten of them in a list. */
  packages: z.array(affectedPackageSchema),
  packageCount: z.number().int(),
  /** Whether there is a fix for one of the packages. */
  fixable: z.boolean(),
  /** How many images have it; one image counts once, wherever it runs. */
  images: z.number().int(),
  workloads: z.number().int(),
  teams: z.number().int(),
  /**
   * When the portal first saw it in an image that the team ran, or when the report that told of it was made, if that was
   * earlier; ISO 8601. Absent while the database cannot be read.
   */
  firstSeen: z.string().optional(),
  /** When the newest report that has it was made; ISO 8601. */
  lastSeen: z.string().optional(),
});
export type VulnerabilityGroup = z.infer<typeof vulnerabilityGroupSchema>;

/** `GET /vulnerabilities`. */
export const vulnerabilitiesSchema = z.object({
  /** Of all that match, on all pages. */
  counts: severityCountsSchema,
  fixable: z.number().int(),
  items: z.array(vulnerabilityGroupSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type Vulnerabilities = z.infer<typeof vulnerabilitiesSchema>;

export const vulnerabilityPlacesQuerySchema = findingsScopeQuerySchema.extend({
  ...pageQuery,
});

/** A container that runs an image with the vulnerability. */
export const vulnerabilityPlaceSchema = z.object({
  team: z.string(),
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  /** Absent for pods that belong to no workload of the catalog. */
  workload: z.string().optional(),
  container: z.string(),
  image: z.string(),
  /** `sha256:…`, when it is known. */
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

/** `GET /vulnerabilities/:cve`: where it is. */
export const vulnerabilityDetailSchema = vulnerabilityGroupSchema.extend({
  /** One page, in order of team, environment, workload and image. */
  places: z.array(vulnerabilityPlaceSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type VulnerabilityDetail = z.infer<typeof vulnerabilityDetailSchema>;

/** What was found in one team's images that run now. */
export const teamFindingsSchema = z.object({
  team: z.string(),
  counts: severityCountsSchema,
  fixable: z.number().int(),
  /** Images that run now. */
  images: z.number().int(),
  /** Of these, the ones without a report; a scan that failed counts, too. */
  withoutReport: z.number().int(),
  /** Of these, the ones whose report is too old. */
  stale: z.number().int(),
});
export type TeamFindings = z.infer<typeof teamFindingsSchema>;

export const findingsSummaryQuerySchema = z.object({
  environment: z.string().optional(),
  ...pageQuery,
});

/** `GET /findings/summary`: teams that run something, in the order of their names. */
export const findingsSummarySchema = z.object({
  items: z.array(teamFindingsSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type FindingsSummary = z.infer<typeof findingsSummarySchema>;
