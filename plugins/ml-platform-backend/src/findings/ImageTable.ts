import type { StoredObject } from '@internal/plugin-ml-platform-node';
import { appended } from './appended';
import type { FindingTable, Tally } from './FindingTable';
import { digestIn, fullImageName, reportedNames } from './image';
import type { RunningContainer } from './runningContainers';
import { findingsIn } from './storedReport';

/** A namespace of a team. */
export interface TeamNamespace {
  cluster: string;
  namespace: string;
  team: string;
  environment: string;
}

/** A report in a team's namespace. */
export interface IndexedReport {
  object: StoredObject;
  team: string;
  madeAt: number;
  digest?: string;
  sample: boolean;
  /** Images whose findings these are. */
  users: number;
  /** Of its findings, while there are users. */
  numbers?: Int32Array;
  tally?: Tally;
}

/** A container that runs an image. */
export interface ImageUse extends RunningContainer {
  place: TeamNamespace;
  of: IndexedImage;
  /** The report that was made of this very container. */
  report?: IndexedReport;
}

/** An image that runs now. */
export interface IndexedImage {
  /** The digest or, until that is known, the full name with the tag. */
  identity: string;
  /**
   * Set for an image that no node is known to have pulled: only this team's reports are on it. Anyone can name another
   * team's image in a pod that never starts, and would be told what was found in it.
   */
  team?: string;
  uses: ImageUse[];
  report?: IndexedReport;
}

interface NamespaceContent {
  place: TeamNamespace;
  reports: Map<string, IndexedReport>;
}

/** All images that run, each once, wherever it runs, and the newest report on each. */
export class ImageTable {
  static create(findings: FindingTable): ImageTable {
    return new ImageTable(findings);
  }

  readonly #findings: FindingTable;
  readonly #byIdentity = new Map<string, IndexedImage[]>();
  readonly #usesIn = new Map<TeamNamespace, ImageUse[]>();
  readonly #reportsOn = new Map<string, IndexedReport[]>();
  /** Their report may be another one now. */
  readonly #touched = new Set<IndexedImage>();

  private constructor(findings: FindingTable) {
    this.#findings = findings;
  }

  /** By identity; more than one each where it is not known whether teams run the same. */
  all(): Iterable<[identity: string, images: IndexedImage[]]> {
    return this.#byIdentity;
  }

  /** Whether these containers are what runs in a place already. */
  runs(place: TeamNamespace, containers: RunningContainer[]): boolean {
    const uses = this.#usesIn.get(place) ?? [];
    return (
      uses.length === containers.length &&
      uses.every((use, i) => isSameContainer(use, containers[i]))
    );
  }

  /** Puts what a namespace has now in the place of what it had before. */
  replace(
    before: NamespaceContent | undefined,
    after:
      | (NamespaceContent & {
          containers: RunningContainer[];
          /** By resource, container and image. */
          byScanned: Map<string, IndexedReport>;
        })
      | undefined,
  ): void {
    if (before) {
      for (const use of this.#usesIn.get(before.place) ?? []) {
        use.of.uses = use.of.uses.filter(each => each !== use);
        this.#touched.add(use.of);
      }
      this.#usesIn.delete(before.place);
    }
    this.#replaceReports(before?.reports, after?.reports);
    if (after) {
      const { place, containers, byScanned } = after;
      this.#usesIn.set(
        place,
        containers.map(container =>
          this.#addUse(container, place, reportOn(container, byScanned)),
        ),
      );
    }
    for (const image of this.#touched) {
      this.#chooseReport(image);
    }
    this.#touched.clear();
  }

  /** The newest report on the image itself or else, as it is named, on what runs it. */
  #chooseReport(image: IndexedImage) {
    const { identity, team, uses } = image;
    const onImage = (this.#reportsOn.get(identity) ?? []).filter(
      report => team === undefined || report.team === team,
    );
    const chosen =
      uses.length === 0
        ? undefined
        : newest(onImage) ?? newest(uses.map(({ report }) => report));
    if (chosen !== image.report) {
      this.#release(image.report);
      image.report = chosen;
      if (chosen) {
        chosen.users += 1;
        chosen.numbers ??= this.#findings.add(findingsIn(chosen.object));
        chosen.tally ??= this.#findings.tally([chosen.numbers]);
      }
    }
    if (uses.length === 0) {
      this.#forget(image);
    }
  }

  #release(report: IndexedReport | undefined) {
    if (report) {
      report.users -= 1;
      if (report.users === 0 && report.numbers) {
        this.#findings.release(report.numbers);
        report.numbers = undefined;
      }
    }
  }

  #forget(image: IndexedImage) {
    const others = this.#byIdentity
      .get(image.identity)
      ?.filter(each => each !== image);
    if (others?.length) {
      this.#byIdentity.set(image.identity, others);
    } else {
      this.#byIdentity.delete(image.identity);
    }
  }

  #addUse(
    container: RunningContainer,
    place: TeamNamespace,
    report: IndexedReport | undefined,
  ): ImageUse {
    const { workload, pulled, image, resources } = container;
    const identity = pulled ?? digestIn(image) ?? fullImageName(image);
    const of = this.#image(identity, pulled ? undefined : place.team);
    // Written out, because there are many: a spread object takes twice the memory.
    const use: ImageUse = {
      workload,
      container: container.container,
      image,
      pulled,
      resources,
      place,
      of,
      report,
    };
    of.uses = appended(of.uses, use);
    this.#touched.add(of);
    return use;
  }

  #image(identity: string, team: string | undefined): IndexedImage {
    const known = this.#byIdentity.get(identity);
    const found = known?.find(each => each.team === team);
    if (found) {
      return found;
    }
    const image: IndexedImage = { identity, team, uses: [], report: undefined };
    this.#byIdentity.set(identity, appended(known, image));
    return image;
  }

  #replaceReports(
    before: Map<string, IndexedReport> = new Map(),
    after: Map<string, IndexedReport> = new Map(),
  ) {
    for (const [name, report] of before) {
      if (after.get(name) !== report) {
        this.#changeReports(report, known =>
          known.filter(each => each !== report),
        );
      }
    }
    for (const [name, report] of after) {
      if (before.get(name) !== report) {
        this.#changeReports(report, known => appended(known, report));
      }
    }
  }

  #changeReports(
    { digest }: IndexedReport,
    change: (known: IndexedReport[]) => IndexedReport[],
  ) {
    if (digest === undefined) {
      return;
    }
    const reports = change(this.#reportsOn.get(digest) ?? []);
    if (reports.length > 0) {
      this.#reportsOn.set(digest, reports);
    } else {
      this.#reportsOn.delete(digest);
    }
    for (const image of this.#byIdentity.get(digest) ?? []) {
      this.#touched.add(image);
    }
  }
}

function isSameContainer(a: RunningContainer, b: RunningContainer): boolean {
  return (
    a.workload === b.workload &&
    a.container === b.container &&
    a.image === b.image &&
    a.pulled === b.pulled &&
    a.resources.join() === b.resources.join()
  );
}

function reportOn(
  { image, container, resources }: RunningContainer,
  byScanned: Map<string, IndexedReport>,
): IndexedReport | undefined {
  for (const name of reportedNames(image)) {
    for (const resource of resources) {
      const report = byScanned.get(`${resource}/${container}/${name}`);
      if (report) {
        return report;
      }
    }
  }
  return undefined;
}

function newest(
  reports: Array<IndexedReport | undefined>,
): IndexedReport | undefined {
  let best: IndexedReport | undefined;
  for (const report of reports) {
    if (report && (!best || isNewer(report, best))) {
      best = report;
    }
  }
  return best;
}

/** Of equally old ones it is always the same, in whatever order they came. */
export function isNewer(a: IndexedReport, b: IndexedReport): boolean {
  return a.madeAt === b.madeAt ? nameOf(a) > nameOf(b) : a.madeAt > b.madeAt;
}

function nameOf({ object: { metadata } }: IndexedReport): string {
  return `${metadata.namespace}/${metadata.name}`;
}
