import type {
  ImagePlace,
  Images,
  imagesQuerySchema,
  ReportState,
  RunningImage,
} from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';
import { countsOf } from './countVulnerabilities';
import type { FindingTable, Tally } from './FindingTable';
import { hasPods, imageNotes, isEndOfLife, osOf, rolesOf } from './imageNotes';
import type { ReportStateOf } from './reportState';
import { scannedAt, type ScopedImage } from './scope';

type ParsedImagesQuery = z.output<typeof imagesQuerySchema>;

const MAX_PLACES = 10;
const NO_FINDINGS: Tally = { bySeverity: [0, 0, 0, 0, 0], fixable: 0 };

interface ImageWithState extends ScopedImage {
  state: ReportState;
  tally: Tally;
}

/** Filters, sorts and pages the images of a scope. */
export function imagesPage(
  table: FindingTable,
  images: ScopedImage[],
  stateOf: ReportStateOf,
  query: ParsedImagesQuery,
): Omit<Images, 'freshness' | 'ignoredReports'> {
  const reports = { present: 0, stale: 0, none: 0, failed: 0 };
  const all = images.map(image => {
    const state = stateOf(image);
    reports[state] += 1;
    return { ...image, state, tally: tallyOf(table, image) };
  });
  const matching = all
    .filter(matchesImagesQuery(query))
    .sort(compareImages(query));
  return {
    reports,
    endOfLife: images.filter(isEndOfLife).length,
    items: matching
      .slice(query.offset, query.offset + query.limit)
      .map(describeImage),
    total: matching.length,
  };
}

/** Tally of all teams' reports on an image. */
function tallyOf(table: FindingTable, { report, reports }: ScopedImage): Tally {
  return reports.length > 1
    ? table.tally(reports.map(({ numbers }) => numbers!))
    : report?.tally ?? NO_FINDINGS;
}

function matchesImagesQuery({ report, endOfLife, search }: ParsedImagesQuery) {
  const states = report?.split(',');
  const words = search?.toLowerCase();
  return (image: ImageWithState) =>
    (!states || states.includes(image.state)) &&
    (endOfLife === undefined || isEndOfLife(image) === endOfLife) &&
    (!words ||
      image.identity.includes(words) ||
      image.uses.some(use => use.image.toLowerCase().includes(words)));
}

function compareImages({ sort, order }: ParsedImagesQuery) {
  const name = ({ uses }: ImageWithState) => uses[0].image;
  const compare = {
    severity: (a: ImageWithState, b: ImageWithState) =>
      compareTallies(a.tally, b.tally),
    image: (a: ImageWithState, b: ImageWithState) =>
      compareText(name(a), name(b)),
    scannedAt: (a: ImageWithState, b: ImageWithState) =>
      (a.report?.madeAt ?? 0) - (b.report?.madeAt ?? 0),
  }[sort];
  const sign = order === 'asc' ? 1 : -1;
  return (a: ImageWithState, b: ImageWithState) =>
    sign * compare(a, b) ||
    compareText(name(a), name(b)) ||
    compareText(a.identity, b.identity);
}

function compareTallies(a: Tally, b: Tally): number {
  for (let severity = 0; severity < a.bySeverity.length; severity += 1) {
    const difference = a.bySeverity[severity] - b.bySeverity[severity];
    if (difference !== 0) {
      return difference;
    }
  }
  return 0;
}

function compareText(a: string, b: string): number {
  if (a === b) {
    return 0;
  }
  return a < b ? -1 : 1;
}

function describeImage(image: ImageWithState): RunningImage {
  const places = placesOf(image);
  return {
    image: image.uses[0].image,
    digest: image.digest,
    roles: rolesOf(image),
    hasPods: hasPods(image),
    os: osOf(image),
    notes: imageNotes(image),
    report: image.state,
    scannedAt: scannedAt(image),
    sample: image.report?.sample ?? false,
    counts: countsOf(image.tally),
    fixable: image.tally.fixable,
    places: places.slice(0, MAX_PLACES),
    placeCount: places.length,
  };
}

function placesOf({ uses }: ScopedImage): ImagePlace[] {
  const places = new Map<string, ImagePlace>();
  for (const { place, workload, container } of uses) {
    const { team, environment, cluster, namespace } = place;
    const key = `${cluster}/${namespace}/${workload ?? ''}`;
    const containers = places.get(key)?.containers ?? [];
    places.set(key, {
      team,
      environment,
      cluster,
      namespace,
      workload,
      containers: [...new Set([...containers, container])].sort(),
    });
  }
  return [...places]
    .sort(([a], [b]) => compareText(a, b))
    .map(([, place]) => place);
}
