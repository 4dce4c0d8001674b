import { z } from 'zod';
import { parseDigest } from '../clusterStore/imageDigests';
import { imageKey } from './imageKey';

/** Fields of a VulnerabilityReport, as `kubectl get --output=json` writes it. */
const reportSchema = z.object({
  report: z.object({
    updateTimestamp: z.string().default(''),
    registry: z.object({ server: z.string().default('') }).default({
      server: '',
    }),
    artifact: z.object({
      repository: z.string(),
      tag: z.string().optional(),
      digest: z.string().optional(),
    }),
    vulnerabilities: z
      .array(
        z.object({
          vulnerabilityID: z.string(),
          severity: z.string().default(''),
          resource: z.string(),
          fixedVersion: z.string().default(''),
          publishedDate: z.string().default(''),
        }),
      )
      .default([]),
  }),
});
export const reportsSchema = z.object({ items: z.array(reportSchema) });
type Report = z.infer<typeof reportSchema>['report'];

/** A vulnerability for which an image is blocked. */
export interface BlockedImage {
  /** The image's `imageKey`. */
  image: string;
  vulnerability: string;
  /** Day on which it was published; `unknown` counts as long ago. */
  since: string;
  /** `package=version` of what fixes it, joined by commas. */
  fixes: string;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** More could cost the API server more than it grants a policy. */
export const MAX_BLOCKED = 2_000;

/**
 * Finds the images with a fixable critical vulnerability that is older than the grace period.
 *
 * @param previous - what was blocked before. An image that no report is about any more stays blocked: nobody scans what does not run.
 */
export function blockedImages(
  reports: Array<z.infer<typeof reportSchema>>,
  {
    previous,
    graceDays,
    now,
  }: { previous: BlockedImage[]; graceDays: number; now: Date },
): BlockedImage[] {
  const newest = newestByImage(reports.map(({ report }) => report));
  const limit = now.getTime() - graceDays * DAY_MS;
  const found = [...newest].flatMap(([image, report]) =>
    criticals(report)
      .filter(({ since }) => !(Date.parse(since) > limit))
      .map(critical => ({ image, ...critical })),
  );
  const blocked = [
    ...previous.filter(({ image }) => !newest.has(image)),
    ...found,
  ].sort(
    (one, other) =>
      one.image.localeCompare(other.image) ||
      one.vulnerability.localeCompare(other.vulnerability),
  );
  if (blocked.length > MAX_BLOCKED) {
    throw new RangeError(
      `${blocked.length} entries are more than the policy can compare in time (${MAX_BLOCKED}). Remove images that nobody uses any more from the list.`,
    );
  }
  return blocked;
}

/** The newest report on each image: a tag may have been moved. */
function newestByImage(reports: Report[]): Map<string, Report> {
  const newest = new Map<string, Report>();
  for (const report of reports) {
    const image = imageOf(report);
    const other = image === undefined ? undefined : newest.get(image);
    if (
      image !== undefined &&
      (!other || report.updateTimestamp > other.updateTimestamp)
    ) {
      newest.set(image, report);
    }
  }
  return newest;
}

/** The image's key. Its digest counts only if it is named by that: else trivy-operator writes one that no node pulls. */
function imageOf({ registry, artifact }: Report): string | undefined {
  const { repository, tag, digest } = artifact;
  const name = [registry.server, repository].filter(Boolean).join('/');
  return imageKey(tag ? `${name}:${tag}` : `${name}@${parseDigest(digest)}`);
}

function criticals({
  vulnerabilities,
}: Report): Array<Omit<BlockedImage, 'image'>> {
  const fixable = vulnerabilities.filter(
    ({ severity, fixedVersion }) => severity === 'CRITICAL' && fixedVersion,
  );
  const ids = new Set(fixable.map(({ vulnerabilityID }) => vulnerabilityID));
  return [...ids].map(vulnerability => {
    const same = fixable.filter(
      ({ vulnerabilityID }) => vulnerabilityID === vulnerability,
    );
    const fixes = same.map(
      // A fix in several branches is a list, "1.2.3, 2.0.1".
      ({ resource, fixedVersion }) =>
        `${resource}=${fixedVersion}`.replace(/\s+/g, ''),
    );
    const [{ publishedDate }] = same;
    return {
      vulnerability,
      since: Number.isNaN(Date.parse(publishedDate))
        ? 'unknown'
        : new Date(publishedDate).toISOString().slice(0, 'yyyy-mm-dd'.length),
      fixes: [...new Set(fixes)].join(','),
    };
  });
}
