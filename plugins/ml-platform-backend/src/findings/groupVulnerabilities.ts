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

/** Counts every vulnerability of the images' reports: a million steps for everything, so they are small ones. */
export function groupVulnerabilities(
  table: FindingTable,
  images: ScopedImage[],
  firstSeen: FirstSeen,
): Groups {
  const present = new Uint8Array(table.findings.length);
  const groups: Array<Group | undefined> = new Array(table.ids.length);
  const seenIn = new Int32Array(table.ids.length).fill(-1);
  images.forEach((image, index) => {
    const { report } = image;
    const times = report && firstSeenOf(image, report, firstSeen);
    report?.numbers?.forEach((finding, place) => {
      present[finding] = 1;
      const vulnerability = table.vulnerability[finding];
      const group = (groups[vulnerability] ??= newGroup(
        table,
        vulnerability,
        finding,
      ));
      addFinding(group, table, finding);
      addTimes(group, report.madeAt, times, place);
      if (seenIn[vulnerability] !== index) {
        seenIn[vulnerability] = index;
        group.images += 1;
      }
    });
  });
  countOwners(table, images, groups);
  return { all: groups.filter(group => group !== undefined), present };
}

function newGroup(
  table: FindingTable,
  vulnerability: number,
  worst: number,
): Group {
  return {
    vulnerability,
    worst,
    severity: table.severity[worst],
    score: undefined,
    fixable: false,
    images: 0,
    workloads: 0,
    teams: 0,
    firstSeen: undefined,
    lastSeen: 0,
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

function addTimes(
  group: Group,
  madeAt: number,
  firstSeen: Uint32Array | number | undefined,
  place: number,
) {
  if (madeAt > group.lastSeen) {
    group.lastSeen = madeAt;
  }
  const seconds = typeof firstSeen === 'object' ? firstSeen[place] : firstSeen;
  if (seconds !== undefined && seconds * 1000 < (group.firstSeen ?? Infinity)) {
    group.firstSeen = seconds * 1000;
  }
}

/** The earliest of the teams in the scope: since when others run the image is theirs to know. */
function firstSeenOf(
  { identity, uses }: ScopedImage,
  report: IndexedReport,
  firstSeen: FirstSeen,
): Uint32Array | number | undefined {
  const [first, ...others] = new Set(uses.map(({ place }) => place.team));
  return others.reduce(
    (times, team) =>
      earlier(times, firstSeen(team, identity, report), report.numbers!.length),
    firstSeen(first, identity, report),
  );
}

function earlier(
  a: Uint32Array | number | undefined,
  b: Uint32Array | number | undefined,
  length: number,
): Uint32Array | number | undefined {
  if (a === undefined || b === undefined) {
    return a ?? b;
  }
  if (typeof a === 'number' && typeof b === 'number') {
    return Math.min(a, b);
  }
  const at = (times: Uint32Array | number, place: number) =>
    typeof times === 'number' ? times : times[place];
  return Uint32Array.from({ length }, (_, place) =>
    Math.min(at(a, place), at(b, place)),
  );
}

function countOwners(
  table: FindingTable,
  images: ScopedImage[],
  groups: Array<Group | undefined>,
) {
  const lastTeam = new Int32Array(table.ids.length).fill(-1);
  const lastWorkload = new Int32Array(table.ids.length).fill(-1);
  let workload = 0;
  let team = 0;
  for (const reportsOf of reportsByOwner(images).values()) {
    for (const [name, reports] of reportsOf) {
      for (const { numbers } of reports) {
        for (const finding of numbers ?? []) {
          const vulnerability = table.vulnerability[finding];
          const group = groups[vulnerability] as Group;
          if (lastTeam[vulnerability] !== team) {
            lastTeam[vulnerability] = team;
            group.teams += 1;
          }
          if (name !== undefined && lastWorkload[vulnerability] !== workload) {
            lastWorkload[vulnerability] = workload;
            group.workloads += 1;
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
