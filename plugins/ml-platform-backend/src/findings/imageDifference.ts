import {
  severitySchema,
  type ChangedFinding,
  type ImageDifference,
  type imageDifferenceQuerySchema,
  type Severity,
} from '@internal/plugin-ml-platform-common';
import type { z } from 'zod';
import { httpUrl } from '../http/httpUrl';
import { scannedAt, type ScopedImage } from './scope';
import { findingsIn, severityOf, severityRank } from './storedReport';

/** Compares the findings of two images that have a report. */
export function imageDifference(
  from: ScopedImage,
  to: ScopedImage,
  query: z.output<typeof imageDifferenceQuerySchema>,
): Omit<ImageDifference, 'freshness'> {
  const before = findingsOf(from, 'gone');
  const after = findingsOf(to, 'new');
  const all = [
    ...[...before].filter(([key]) => !after.has(key)).map(([, each]) => each),
    ...[...after].map(
      ([key, each]): ChangedFinding =>
        before.has(key) ? { ...each, change: 'kept' } : each,
    ),
  ];
  const items = all
    .filter(({ change }) => !query.change || change === query.change)
    .sort(compareSeverity);
  return {
    from: describeComparedImage(from),
    to: describeComparedImage(to),
    counts: {
      gone: countChanges(all, 'gone'),
      new: countChanges(all, 'new'),
      kept: countChanges(all, 'kept'),
    },
    items: items.slice(query.offset, query.offset + query.limit),
    total: items.length,
  };
}

/** Findings by vulnerability and package. */
function findingsOf(
  { reports }: ScopedImage,
  change: ChangedFinding['change'],
): Map<string, ChangedFinding> {
  const found = new Map<string, ChangedFinding>();
  for (const finding of reports.flatMap(({ object }) => findingsIn(object))) {
    const { vulnerabilityID, resource } = finding;
    const key = `${vulnerabilityID} ${resource}`;
    const rank = severityRank(finding.severity);
    const known = found.get(key);
    if (known && severityRank(known.severity) <= rank) {
      continue;
    }
    found.set(key, {
      change,
      id: vulnerabilityID,
      severity: severityOf(rank),
      title: finding.title ?? '',
      package: resource,
      installedVersion: finding.installedVersion ?? '',
      fixedVersion: finding.fixedVersion || undefined,
      link: httpUrl(finding.primaryLink),
    });
  }
  return found;
}

function describeComparedImage(image: ScopedImage) {
  return {
    image: image.uses[0].image,
    digest: image.identity,
    scannedAt: scannedAt(image),
  };
}

function countChanges(all: ChangedFinding[], change: ChangedFinding['change']) {
  const counts: Record<Severity, number> = {
    CRITICAL: 0,
    HIGH: 0,
    MEDIUM: 0,
    LOW: 0,
    UNKNOWN: 0,
  };
  for (const each of all) {
    counts[each.severity] += each.change === change ? 1 : 0;
  }
  return counts;
}

function compareSeverity(a: ChangedFinding, b: ChangedFinding): number {
  const rank = severitySchema.options;
  return (
    rank.indexOf(a.severity) - rank.indexOf(b.severity) ||
    a.id.localeCompare(b.id) ||
    a.package.localeCompare(b.package)
  );
}
