import {
  severitySchema,
  type Findings,
  type findingsQuerySchema,
  type ScannedImage,
  type Vulnerability,
} from '@internal/plugin-ml-platform-common';
import type { StoredFinding } from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { httpUrl } from '../http/httpUrl';
import { severityOf, severityRank } from './storedReport';

/** An image of a workload with its findings, over all environments that run it. */
export interface ImageFindings extends ScannedImage {
  findings: StoredFinding[];
}

type ParsedFindingsQuery = z.output<typeof findingsQuerySchema>;

/** Filters, sorts and pages the findings of a workload; a report can have a megabyte. */
export function pageOfFindings(
  images: ImageFindings[],
  query: ParsedFindingsQuery,
): Pick<Findings, 'images' | 'items' | 'total'> {
  const all = images.flatMap(vulnerabilitiesOf);
  const matching = all
    .filter(matchesFindingsQuery(query))
    .sort(compareFindings(query));
  return {
    images: images.map(({ findings: _, ...image }) => image),
    items: matching.slice(query.offset, query.offset + query.limit),
    total: matching.length,
  };
}

function vulnerabilitiesOf({
  image,
  environments,
  findings,
}: ImageFindings): Vulnerability[] {
  const unique = new Map<string, Vulnerability>();
  for (const reported of findings) {
    const { vulnerabilityID: id, resource, installedVersion = '' } = reported;
    const key = `${id} ${resource} ${installedVersion}`;
    if (unique.has(key)) {
      continue;
    }
    unique.set(key, {
      id,
      severity: severityOf(severityRank(reported.severity)),
      score: reported.score,
      title: reported.title ?? '',
      package: resource,
      installedVersion,
      fixedVersion: reported.fixedVersion || undefined,
      link: httpUrl(reported.primaryLink),
      image,
      environments,
    });
  }
  return [...unique.values()];
}

function matchesFindingsQuery({
  severity,
  fixable,
  search,
  package: name,
}: ParsedFindingsQuery) {
  const severities = severity?.split(',');
  const words = search?.toLowerCase();
  return (item: Vulnerability) =>
    (!severities || severities.includes(item.severity)) &&
    (fixable === undefined || Boolean(item.fixedVersion) === fixable) &&
    (name === undefined || item.package === name) &&
    (!words ||
      [item.id, item.title, item.package, item.image].some(text =>
        text.toLowerCase().includes(words),
      ));
}

/** `severity`, `desc` is most severe first. Ties are broken by score, then id, so that pages do not overlap. */
function compareFindings({ sort, order }: ParsedFindingsQuery) {
  const rank = severitySchema.options;
  const bySort = (a: Vulnerability, b: Vulnerability) => {
    switch (sort) {
      case 'package':
        return a.package.localeCompare(b.package);
      case 'id':
        return a.id.localeCompare(b.id);
      default:
        return rank.indexOf(b.severity) - rank.indexOf(a.severity);
    }
  };
  return (a: Vulnerability, b: Vulnerability) =>
    (order === 'asc' ? bySort(a, b) : bySort(b, a)) ||
    (b.score ?? 0) - (a.score ?? 0) ||
    a.id.localeCompare(b.id) ||
    a.package.localeCompare(b.package) ||
    a.image.localeCompare(b.image);
}
