import type { Coverage } from '@internal/plugin-ml-platform-common';
import type { FindingTable } from './FindingTable';
import { groupByReports } from './groupByReports';
import { isEndOfLife } from './imageNotes';
import type { IndexedReport } from './ImageTable';
import type { ScopedImage } from './scope';

/** A vulnerability, counted over the images of a scope. */
export interface VulnerabilityCounts {
  /** Number of the vulnerability in the table. */
  vulnerability: number;
  /** Number of the most severe finding. */
  worst: number;
  /** Severity rank, 0 for the most severe. */
  severity: number;
  score?: number;
  fixable: boolean;
  images: number;
  workloads: number;
  teams: number;
  /** Milliseconds since 1970. */
  firstSeen?: number;
  lastSeen: number;
}

export interface VulnerabilityGroups {
  /** Most severe first, then highest score, then by id. */
  all: VulnerabilityCounts[];
  /** By finding number: 1 if it is in the scope. */
  present: Uint8Array;
  coverage: Coverage;
}

/**
 * Returns when a team's image was first seen with the findings of its report, in seconds since 1970: one time for each
 * of the report's numbers, or one for all of them.
 */
export type FirstSeen = (
  team: string,
  identity: string,
  report: IndexedReport,
) => Uint32Array | number | undefined;

/** Counters by vulnerability number. */
interface Counters {
  images: Int32Array;
  workloads: Int32Array;
  teams: Int32Array;
  /** Seconds since 1970. */
  firstSeen: Float64Array;
  /** Milliseconds since 1970. */
  lastSeen: Float64Array;
}

/** Counts every vulnerability of the images' reports. The inner loops run a million times for a whole organisation. */
export function groupVulnerabilities(
  table: FindingTable,
  images: ScopedImage[],
  firstSeen: FirstSeen,
): VulnerabilityGroups {
  const length = table.ids.length;
  const counters: Counters = {
    images: new Int32Array(length),
    workloads: new Int32Array(length),
    teams: new Int32Array(length),
    firstSeen: new Float64Array(length).fill(Infinity),
    lastSeen: new Float64Array(length),
  };
  const present = countImages(table, images, firstSeen, counters);
  countOwners(table, images, counters);
  return {
    all: buildGroups(table, present, counters),
    present,
    coverage: {
      images: images.length,
      withoutReport: images.filter(({ report }) => !report).length,
      endOfLife: images.filter(isEndOfLife).length,
    },
  };
}

/** @returns by finding number: 1 if an image has it. */
function countImages(
  table: FindingTable,
  images: ScopedImage[],
  firstSeen: FirstSeen,
  counters: Counters,
): Uint8Array {
  const present = new Uint8Array(table.findings.length);
  const countedIn = new Int32Array(table.ids.length).fill(-1);
  let index = 0;
  for (const { reports, images: reported } of groupByReports(images)) {
    for (const report of reports) {
      const numbers = report.numbers ?? [];
      const times = firstSeenOf(report, reported, firstSeen);
      for (let i = 0; i < numbers.length; i += 1) {
        const vulnerability = table.vulnerability[numbers[i]];
        present[numbers[i]] = 1;
        if (countedIn[vulnerability] !== index) {
          countedIn[vulnerability] = index;
          counters.images[vulnerability] += reported.length;
        }
        if (report.madeAt > counters.lastSeen[vulnerability]) {
          counters.lastSeen[vulnerability] = report.madeAt;
        }
        const time = typeof times === 'number' ? times : times[i];
        if (time < counters.firstSeen[vulnerability]) {
          counters.firstSeen[vulnerability] = time;
        }
      }
    }
    index += 1;
  }
  return present;
}

/** Earliest times of the teams in the scope; those of other teams stay confidential. */
function firstSeenOf(
  report: IndexedReport,
  images: ScopedImage[],
  firstSeen: FirstSeen,
): Uint32Array | number {
  let earliest: Uint32Array | number = Infinity;
  for (const { identity, uses } of images) {
    for (const { place } of uses) {
      earliest = earlier(
        earliest,
        firstSeen(place.team, identity, report) ?? Infinity,
      );
    }
  }
  return earliest;
}

function earlier(
  a: Uint32Array | number,
  b: Uint32Array | number,
): Uint32Array | number {
  if (typeof a === 'number') {
    return typeof b === 'number' ? Math.min(a, b) : earlier(b, a);
  }
  return a.map((time, i) => Math.min(time, typeof b === 'number' ? b : b[i]));
}

function countOwners(
  table: FindingTable,
  images: ScopedImage[],
  counters: Counters,
) {
  const lastTeam = new Int32Array(table.ids.length).fill(-1);
  const lastWorkload = new Int32Array(table.ids.length).fill(-1);
  let workload = 0;
  let team = 0;
  for (const byWorkload of reportsByOwner(images).values()) {
    for (const [name, reports] of byWorkload) {
      for (const { numbers = [] } of reports) {
        for (let i = 0; i < numbers.length; i += 1) {
          const vulnerability = table.vulnerability[numbers[i]];
          if (lastTeam[vulnerability] !== team) {
            lastTeam[vulnerability] = team;
            counters.teams[vulnerability] += 1;
          }
          if (name !== undefined && lastWorkload[vulnerability] !== workload) {
            lastWorkload[vulnerability] = workload;
            counters.workloads[vulnerability] += 1;
          }
        }
      }
      workload += 1;
    }
    team += 1;
  }
}

type ReportsByWorkload = Map<string | undefined, Set<IndexedReport>>;

/** Reports by team, then by workload. */
function reportsByOwner(images: ScopedImage[]): Map<string, ReportsByWorkload> {
  const byTeam = new Map<string, ReportsByWorkload>();
  for (const { uses } of images) {
    for (const {
      place,
      workload,
      of: { report },
    } of uses) {
      if (!report) {
        continue;
      }
      let byWorkload = byTeam.get(place.team);
      if (!byWorkload) {
        byWorkload = new Map();
        byTeam.set(place.team, byWorkload);
      }
      const reports = byWorkload.get(workload);
      if (reports) {
        reports.add(report);
      } else {
        byWorkload.set(workload, new Set([report]));
      }
    }
  }
  return byTeam;
}

/** Reads the findings themselves, once for each that is present. */
function buildGroups(
  table: FindingTable,
  present: Uint8Array,
  counters: Counters,
): VulnerabilityCounts[] {
  const groups: Array<VulnerabilityCounts | undefined> = new Array(
    table.ids.length,
  );
  for (let finding = 0; finding < present.length; finding += 1) {
    if (present[finding] === 1) {
      const vulnerability = table.vulnerability[finding];
      const group = groups[vulnerability];
      if (group) {
        addFinding(group, table, finding);
      } else {
        groups[vulnerability] = newGroup(table, finding, counters);
      }
    }
  }
  return sortGroups(
    table,
    groups.filter(group => group !== undefined),
  );
}

/** Puts the groups in the order of their ids first, which needs no comparisons; sorting is stable. */
function sortGroups(
  table: FindingTable,
  groups: VulnerabilityCounts[],
): VulnerabilityCounts[] {
  const rank = table.order();
  const byId: Array<VulnerabilityCounts | undefined> = new Array(rank.length);
  for (const group of groups) {
    byId[rank[group.vulnerability]] = group;
  }
  return byId
    .filter(group => group !== undefined)
    .sort(
      (a, b) => a.severity - b.severity || (b.score ?? -1) - (a.score ?? -1),
    );
}

function newGroup(
  table: FindingTable,
  finding: number,
  counters: Counters,
): VulnerabilityCounts {
  const vulnerability = table.vulnerability[finding];
  const { score, fixedVersion } = table.findings[finding];
  const firstSeen = counters.firstSeen[vulnerability];
  return {
    vulnerability,
    worst: finding,
    severity: table.severity[finding],
    score,
    fixable: Boolean(fixedVersion),
    images: counters.images[vulnerability],
    workloads: counters.workloads[vulnerability],
    teams: counters.teams[vulnerability],
    firstSeen: firstSeen === Infinity ? undefined : firstSeen * 1000,
    lastSeen: counters.lastSeen[vulnerability],
  };
}

function addFinding(
  group: VulnerabilityCounts,
  table: FindingTable,
  finding: number,
) {
  const { score, fixedVersion } = table.findings[finding];
  if (table.severity[finding] < group.severity) {
    group.severity = table.severity[finding];
    group.worst = finding;
  }
  if (score !== undefined && score > (group.score ?? -1)) {
    group.score = score;
  }
  if (fixedVersion) {
    group.fixable = true;
  }
}
