import { z } from 'zod';
import {
  ignoredReportsSchema,
  imageFacts,
  reportStateSchema,
  severitySchema,
} from './findings';
import { freshnessSchema } from './freshness';
import {
  findingsScopeQuerySchema,
  severityCountsSchema,
} from './vulnerabilities';

export const imagesQuerySchema = findingsScopeQuerySchema.extend({
  /** Comma-separated states. */
  report: z.string().optional(),
  /** Only images whose operating system is out of support, or only others. */
  endOfLife: z.stringbool().optional(),
  /** The digest, or part of the name. */
  search: z.string().max(300).optional(),
  /** `severity`: by the number of critical findings, then high ones, and so on. */
  sort: z.enum(['severity', 'image', 'scannedAt']).default('severity'),
  order: z.enum(['asc', 'desc']).default('desc'),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type ImagesQuery = z.input<typeof imagesQuerySchema>;

const imagePlaceSchema = z.object({
  team: z.string(),
  environment: z.string(),
  cluster: z.string(),
  namespace: z.string(),
  workload: z.string().optional(),
  containers: z.array(z.string()),
});
export type ImagePlace = z.infer<typeof imagePlaceSchema>;

/** An image in use. Names with the same digest are one image. */
const runningImageSchema = z.object({
  /** Image reference of the pods. */
  image: z.string(),
  /** `sha256:…`; absent until a node has pulled the image, which is then identified by its reference. */
  digest: z.string().optional(),
  ...imageFacts,
  report: reportStateSchema,
  scannedAt: z.string().optional(),
  /** Sample data of the sandbox, not a scan. */
  sample: z.boolean(),
  counts: severityCountsSchema,
  fixable: z.number().int(),
  /** The first ten. */
  places: z.array(imagePlaceSchema),
  placeCount: z.number().int(),
});
export type RunningImage = z.infer<typeof runningImageSchema>;

/** `GET /images`. */
export const imagesSchema = z.object({
  /** Number of images by state in the scope, before filters. */
  reports: z.record(reportStateSchema, z.number().int()),
  /** Number of images in the scope whose operating system is out of support, before filters. */
  endOfLife: z.number().int(),
  ignoredReports: ignoredReportsSchema,
  items: z.array(runningImageSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type Images = z.infer<typeof imagesSchema>;

/** A digest (`sha256:…`), or the whole image reference that pods name. */
const comparedImageQuerySchema = z.string().min(1).max(500);

export const imageDifferenceQuerySchema = z.object({
  from: comparedImageQuerySchema,
  to: comparedImageQuerySchema,
  team: z.string().optional(),
  change: z.enum(['gone', 'new', 'kept']).optional(),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});

/** A finding of one or both images. The same vulnerability in another version of the package counts as kept. */
const changedFindingSchema = z.object({
  change: z.enum(['gone', 'new', 'kept']),
  id: z.string(),
  severity: severitySchema,
  title: z.string(),
  package: z.string(),
  installedVersion: z.string(),
  fixedVersion: z.string().optional(),
  link: z.string().optional(),
});
export type ImageDifferenceQuery = z.input<typeof imageDifferenceQuerySchema>;
export type ChangedFinding = z.infer<typeof changedFindingSchema>;

const comparedImageSchema = z.object({
  image: z.string(),
  /** Its reference while no node has pulled it. */
  digest: z.string(),
  scannedAt: z.string().optional(),
});

/** `GET /images/difference`: 404 unless both images run, have a report and are visible to the caller. */
export const imageDifferenceSchema = z.object({
  from: comparedImageSchema,
  to: comparedImageSchema,
  counts: z.object({
    gone: severityCountsSchema,
    new: severityCountsSchema,
    kept: severityCountsSchema,
  }),
  /** One page, most severe first. */
  items: z.array(changedFindingSchema),
  total: z.number().int(),
  freshness: freshnessSchema,
});
export type ImageDifference = z.infer<typeof imageDifferenceSchema>;
