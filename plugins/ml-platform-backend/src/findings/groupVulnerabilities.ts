import type { FindingTable } from './FindingTable';
import type { IndexedReport } from './ImageTable';
import type { ScopedImage } from './scope';

/** One vulnerability over the images of a scope. */
export interface Group {
  /** Its number in the table. */
  vulnerability: number;
  /** The finding that is the worst, by its number. */
  worst: number;
  /** 0 for the worst. */
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

export interface Groups {
  all: Group[];
  /** By finding: 1 when it is in the scope. */
  present: Uint8Array;
}

/**
 * When a team's image first had a finding; seconds since 1970, by the place of the finding in the report's numbers, or
 * one for all of them.
 */
export type FirstSeen = (
  team: string,
  identity: string,
  report: IndexedReport,
) => Uint32Array | number | undefined;

/** What is counted of each vulnerability, by its number. */
interface Counters {
  images: Int32Array;
  workloads: Int32Array;
  teams: Int32Array;
  /** Seconds since 1970. */
  firstSeen: Float64Array;
  /** Milliseconds since 1970. */
  lastSeen: Float64Array;
}

/** Counts every vulnerability of the images' reports: a million steps for everything, so they are small ones. */
export function groupVulnerabilities(
  table: FindingTable,
  images: ScopedImage[],
  firstSeen: FirstSeen,
): Groups {
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
  return { all: groupsOf(table, present, counters), present };
}

/** @returns which findings there are. */
function countImages(
  table: FindingTable,
  images: ScopedImage[],
  firstSeen: FirstSeen,
  counters: Counters,
): Uint8Array {
  const present = new Uint8Array(table.findings.length);
  const countedIn = new Int32Array(table.ids.length).fill(-1);
  let index = 0;
  for (const [report, withReport] of imagesByReport(images)) {
    const numbers = report.numbers ?? [];
    const times = firstSeenOf(report, withReport, firstSeen);
    for (let i = 0; i < numbers.length; i += 1) {
      const vulnerability = table.vulnerability[numbers[i]];
      present[numbers[i]] = 1;
      if (countedIn[vulnerability] !== index) {
        countedIn[vulnerability] = index;
        counters.images[vulnerability] += withReport.length;
      }
      if (report.madeAt > counters.lastSeen[vulnerability]) {
        counters.lastSeen[vulnerability] = report.madeAt;
      }
      const time = typeof times === 'number' ? times : times[i];
      if (time < counters.firstSeen[vulnerability]) {
        counters.firstSeen[vulnerability] = time;
      }
    }
    index += 1;
  }
  return present;
}

function imagesByReport(
  images: ScopedImage[],
): Map<IndexedReport, ScopedImage[]> {
  const byReport = new Map<IndexedReport, ScopedImage[]>();
  for (const image of images) {
    const known = image.report && byReport.get(image.report);
    if (known) {
      known.push(image);
    } else if (image.report) {
      byReport.set(image.report, [image]);
    }
  }
  return byReport;
}

/** The earliest of the teams in the scope: since when others run the image is theirs to know. */
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
  for (const reportsOf of reportsByOwner(images).values()) {
    for (const [name, reports] of reportsOf) {
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

type ReportsOfWorkloads = Map<string | undefined, Set<IndexedReport>>;

/** By team, then workload. */
function reportsByOwner(
  images: ScopedImage[],
): Map<string, ReportsOfWorkloads> {
  const byTeam = new Map<string, ReportsOfWorkloads>();
  for (const { report, uses } of images) {
    for (const { place, workload } of report ? uses : []) {
      let ofTeam = byTeam.get(place.team);
      if (!ofTeam) {
        ofTeam = new Map();
        byTeam.set(place.team, ofTeam);
      }
      const reports = ofTeam.get(workload);
      if (reports) {
        reports.add(report!);
      } else {
        ofTeam.set(workload, new Set([report!]));
      }
    }
  }
  return byTeam;
}

/** What the findings themselves say is looked at once for each that is there. */
function groupsOf(
  table: FindingTable,
  present: Uint8Array,
  counters: Counters,
): Group[] {
  const groups: Array<Group | undefined> = new Array(table.ids.length);
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
  return groups.filter(group => group !== undefined);
}

function newGroup(
  table: FindingTable,
  finding: number,
  counters: Counters,
): Group {
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

function addFinding(group: Group, table: FindingTable, finding: number) {
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
