import type { FindingsIndex } from './FindingsIndex';
import { fullImageName, withTag } from './image';
import {
  isNewer,
  type ImageUse,
  type IndexedImage,
  type IndexedReport,
  type TeamNamespace,
} from './ImageTable';

/** Restricts findings to a part of the platform: nothing outside of the scope counts anywhere. */
export interface FindingsScope {
  /** Filter of the teams that the caller may see. */
  includes: (team: string) => boolean;
  team?: string;
  environment?: string;
  workload?: string;
  /** Digest, or a part of the name. */
  image?: string;
}

/** An image in use, with its uses within a scope. */
export interface ScopedImage {
  identity: string;
  digest?: string;
  /** At least one. The image has the name that the first use gives it. */
  uses: ImageUse[];
  /** Newest of `reports`. */
  report?: IndexedReport;
  /** One report of each team that has one: what any of them found counts, whichever is the newest. */
  reports: IndexedReport[];
}

export function namespacesInScope(
  index: FindingsIndex,
  { includes, team, environment }: FindingsScope,
): TeamNamespace[] {
  return index
    .namespaces()
    .filter(
      place =>
        (team === undefined || place.team === team) &&
        (environment === undefined || place.environment === environment) &&
        includes(place.team),
    );
}

/** Number of reports in a scope that are not counted, because the scanner did not write them. */
export function ignoredReports(
  index: FindingsIndex,
  scope: FindingsScope,
): number {
  return namespacesInScope(index, scope).reduce(
    (sum, place) => sum + index.ignoredReports(place),
    0,
  );
}

/** Lists the images that are used in a scope, each once. */
export function imagesInScope(
  index: FindingsIndex,
  scope: FindingsScope,
): ScopedImage[] {
  const { workload, image } = scope;
  const places = new Set(namespacesInScope(index, scope));
  const isInScope = (use: ImageUse) =>
    places.has(use.place) &&
    (workload === undefined || use.workload === workload);
  const found: ScopedImage[] = [];
  for (const [identity, images] of index.images.all()) {
    const scoped = scopedImage(identity, images, isInScope);
    if (scoped && (image === undefined || isNamed(scoped, image))) {
      found.push(scoped);
    }
  }
  return found;
}

/** Lists the images of a scope for each team alone: an image that several teams run has its uses by that team only. */
export function imagesByTeam(
  index: FindingsIndex,
  scope: FindingsScope,
): Map<string, ScopedImage[]> {
  return groupImages(index, scope, ({ place }) => place.team);
}

/** Lists the images of a scope for each workload alone, by `<team>/<workload>`. */
export function imagesByWorkload(
  index: FindingsIndex,
  scope: FindingsScope,
): Map<string, ScopedImage[]> {
  return groupImages(
    index,
    scope,
    ({ place, workload }) => `${place.team}/${workload ?? ''}`,
  );
}

function groupImages(
  index: FindingsIndex,
  scope: FindingsScope,
  keyOf: (use: ImageUse) => string,
): Map<string, ScopedImage[]> {
  const places = new Set(namespacesInScope(index, scope));
  const groups = new Map<string, ScopedImage[]>();
  for (const [identity, images] of index.images.all()) {
    const keys = new Set(
      images.flatMap(({ uses }) =>
        uses.filter(({ place }) => places.has(place)).map(keyOf),
      ),
    );
    for (const key of keys) {
      const scoped = scopedImage(
        identity,
        images,
        use => places.has(use.place) && keyOf(use) === key,
      );
      if (scoped) {
        const group = groups.get(key);
        if (group) {
          group.push(scoped);
        } else {
          groups.set(key, [scoped]);
        }
      }
    }
  }
  return groups;
}

/** Time of the image's report, as the report has it. */
export function scannedAt({
  report,
}: Pick<ScopedImage, 'report'>): string | undefined {
  const { updateTimestamp } = report?.object.report ?? {};
  return typeof updateTimestamp === 'string' ? updateTimestamp : undefined;
}

function scopedImage(
  identity: string,
  images: IndexedImage[],
  isInScope: (use: ImageUse) => boolean,
): ScopedImage | undefined {
  const uses: ImageUse[] = [];
  const reports: IndexedReport[] = [];
  let report: IndexedReport | undefined;
  for (const image of images) {
    const before = uses.length;
    for (const use of image.uses) {
      if (isInScope(use)) {
        uses.push(use);
      }
    }
    if (uses.length > before && image.report) {
      reports.push(image.report);
      if (!report || isNewer(image.report, report)) {
        report = image.report;
      }
    }
  }
  return uses.length === 0
    ? undefined
    : {
        identity,
        digest: identity.startsWith('sha256:') ? identity : undefined,
        uses,
        report,
        reports,
      };
}

/** True for the image with this digest, or whose pods name it by this reference. */
export function isImage(
  { identity, uses }: ScopedImage,
  reference: string,
): boolean {
  return (
    identity === reference ||
    (!reference.startsWith('sha256:') &&
      uses.some(
        use =>
          fullImageName(withTag(use.image)) ===
          fullImageName(withTag(reference)),
      ))
  );
}

function isNamed({ identity, uses }: ScopedImage, image: string): boolean {
  return (
    identity === image ||
    (!image.startsWith('sha256:') &&
      uses.some(use => fullImageName(withTag(use.image)).includes(image)))
  );
}
