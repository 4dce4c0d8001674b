import {
  severitySchema,
  type AffectedPackage,
  type vulnerabilitiesQuerySchema,
  type Vulnerabilities,
  type VulnerabilityGroup,
} from '@internal/plugin-ml-platform-common';
import type { StoredFinding } from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { httpUrl } from '../http/httpUrl';
import { countBySeverity } from './countBySeverity';
import type { FindingTable } from './FindingTable';
import type {
  VulnerabilityCounts,
  VulnerabilityGroups,
} from './groupVulnerabilities';
import { severityOf } from './storedReport';

type ParsedVulnerabilitiesQuery = z.output<typeof vulnerabilitiesQuerySchema>;

const MAX_PACKAGES = 10;

/** Filters, sorts and pages the vulnerabilities of a scope. */
export function vulnerabilitiesPage(
  table: FindingTable,
  groups: VulnerabilityGroups,
  query: ParsedVulnerabilitiesQuery,
): Omit<Vulnerabilities, 'freshness' | 'ignoredReports'> {
  const matching = groups.all
    .filter(matchesVulnerabilitiesQuery(table, groups, query))
    .sort(compareVulnerabilities(table, query));
  return {
    // Each vulnerability counts once, with its worst severity.
    counts: countBySeverity(
      matching.map(({ severity }) => severityOf(severity)),
    ),
    fixable: matching.filter(({ fixable }) => fixable).length,
    coverage: groups.coverage,
    items: matching
      .slice(query.offset, query.offset + query.limit)
      .map(group => describeGroup(table, groups, group, MAX_PACKAGES)),
    total: matching.length,
  };
}

export function describeGroup(
  table: FindingTable,
  groups: VulnerabilityGroups,
  group: VulnerabilityCounts,
  maxPackages: number,
): VulnerabilityGroup {
  const { title = '', primaryLink } = table.findings[group.worst];
  const packages = packagesOf(findingsOf(table, groups, group));
  return {
    id: table.ids[group.vulnerability],
    severity: severityOf(group.severity),
    score: group.score,
    title,
    link: httpUrl(primaryLink),
    packages: packages.slice(0, maxPackages),
    packageCount: packages.length,
    fixable: group.fixable,
    images: group.images,
    workloads: group.workloads,
    teams: group.teams,
    firstSeen: isoTime(group.firstSeen),
    lastSeen: isoTime(group.lastSeen),
  };
}

function isoTime(ms: number | undefined): string | undefined {
  return ms ? new Date(ms).toISOString() : undefined;
}

/** Findings of a vulnerability in reports of the scope; other reports do not count. */
function findingsOf(
  table: FindingTable,
  { present }: VulnerabilityGroups,
  { vulnerability }: VulnerabilityCounts,
): StoredFinding[] {
  return table.findingsOf[vulnerability]
    .filter(number => present[number] === 1)
    .map(number => table.findings[number]);
}

/** Like `findingsOf(…).some(…)`, without the arrays: filters run it for every vulnerability. */
function hasFinding(
  table: FindingTable,
  { present }: VulnerabilityGroups,
  { vulnerability }: VulnerabilityCounts,
  predicate: (finding: StoredFinding) => boolean,
): boolean {
  return table.findingsOf[vulnerability].some(
    number => present[number] === 1 && predicate(table.findings[number]),
  );
}

function packagesOf(findings: StoredFinding[]): AffectedPackage[] {
  const versions = new Map<string, [Set<string>, Set<string>]>();
  for (const { resource, installedVersion, fixedVersion } of findings) {
    const [installed, fixed] = versions.get(resource) ?? [new Set(), new Set()];
    versions.set(resource, [
      installedVersion ? installed.add(installedVersion) : installed,
      fixedVersion ? fixed.add(fixedVersion) : fixed,
    ]);
  }
  return [...versions]
    .map(([name, [installed, fixed]]) => ({
      name,
      installedVersions: [...installed].sort(),
      fixedVersions: [...fixed].sort(),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

function matchesVulnerabilitiesQuery(
  table: FindingTable,
  groups: VulnerabilityGroups,
  query: ParsedVulnerabilitiesQuery,
) {
  const severities = query.severity
    ?.split(',')
    .map(severity => severitySchema.options.indexOf(severity as never));
  const hits =
    query.search === undefined || query.search === ''
      ? undefined
      : search(table, groups, query.search.toLowerCase());
  const { fixable } = query;
  return (group: VulnerabilityCounts) =>
    (!severities || severities.includes(group.severity)) &&
    (fixable === undefined || group.fixable === fixable) &&
    (query.package === undefined ||
      hasFinding(
        table,
        groups,
        group,
        ({ resource }) => resource === query.package,
      )) &&
    (!hits || hits[group.vulnerability] === 1);
}

/**
 * Searches the ids, and the findings of the scope. In the order of the table, which is that of the memory: twice as fast
 * as in the order of the groups.
 *
 * @returns by vulnerability number: 1 for a hit.
 */
function search(
  table: FindingTable,
  { present }: VulnerabilityGroups,
  text: string,
): Uint8Array {
  const hits = new Uint8Array(table.ids.length);
  for (let finding = 0; finding < present.length; finding += 1) {
    const vulnerability = table.vulnerability[finding];
    if (present[finding] === 1 && hits[vulnerability] === 0) {
      const { resource, title } = table.findings[finding];
      const isHit =
        table.ids[vulnerability].toLowerCase().includes(text) ||
        resource.toLowerCase().includes(text) ||
        title?.toLowerCase().includes(text);
      hits[vulnerability] = isHit ? 1 : 0;
    }
  }
  return hits;
}

/** Descending is most severe, highest, most and newest first. Ties stay in the order of `groups`: sorting is stable. */
function compareVulnerabilities(
  table: FindingTable,
  { sort, order }: ParsedVulnerabilitiesQuery,
): (a: VulnerabilityCounts, b: VulnerabilityCounts) => number {
  const rank = table.order();
  const compare = {
    severity: (a: VulnerabilityCounts, b: VulnerabilityCounts) =>
      b.severity - a.severity,
    score: (a: VulnerabilityCounts, b: VulnerabilityCounts) =>
      (a.score ?? -1) - (b.score ?? -1),
    cve: (a: VulnerabilityCounts, b: VulnerabilityCounts) =>
      rank[a.vulnerability] - rank[b.vulnerability],
    affected: (a: VulnerabilityCounts, b: VulnerabilityCounts) =>
      a.images - b.images || a.workloads - b.workloads,
    firstSeen: (a: VulnerabilityCounts, b: VulnerabilityCounts) =>
      (a.firstSeen ?? 0) - (b.firstSeen ?? 0),
    fixable: (a: VulnerabilityCounts, b: VulnerabilityCounts) =>
      Number(a.fixable) - Number(b.fixable),
  }[sort];
  return order === 'asc' ? compare : (a, b) => compare(b, a);
}
