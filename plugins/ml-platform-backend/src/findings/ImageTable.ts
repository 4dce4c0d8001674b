import {
  parseDigest,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { appended } from './appended';
import type { FindingTable, Tally } from './FindingTable';
import { fullImageName, reportedNames, withTag } from './image';
import type { ImageContainer } from './imageContainers';
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
  /** Number of images whose newest report this is. */
  users: number;
  /** Numbers of its findings while it has users. */
  numbers?: Int32Array;
  tally?: Tally;
}

/** A container that uses an image. */
export interface ImageUse extends ImageContainer {
  place: TeamNamespace;
  of: IndexedImage;
  /** Report on this very container. */
  report?: IndexedReport;
}

/** An image in use. */
export interface IndexedImage {
  /** Digest or, until that is known, full name with the tag. */
  identity: string;
  /**
   * The team whose reports count for it. Anyone can name another team's image in a pod that never starts, and a report can be
   * trusted only as far as the team that owns its namespace.
   */
  team: string;
  uses: ImageUse[];
  report?: IndexedReport;
}

interface NamespaceContent {
  place: TeamNamespace;
  reports: Map<string, IndexedReport>;
}

/** Table of all images in use, each once for a team, with all its uses and the team's newest report. */
export class ImageTable {
  readonly #findings: FindingTable;
  readonly #byIdentity = new Map<string, IndexedImage[]>();
  readonly #usesIn = new Map<TeamNamespace, ImageUse[]>();
  readonly #reportsOn = new Map<string, IndexedReport[]>();
  /** Images whose report has to be chosen again. */
  readonly #dirty = new Set<IndexedImage>();

  constructor(findings: FindingTable) {
    this.#findings = findings;
  }

  /** Images by identity, one for each team that runs it. */
  all(): Iterable<[identity: string, images: IndexedImage[]]> {
    return this.#byIdentity;
  }

  /** Checks if a namespace runs exactly these containers already. */
  runs(place: TeamNamespace, containers: ImageContainer[]): boolean {
    const uses = this.#usesIn.get(place) ?? [];
    return (
      uses.length === containers.length &&
      uses.every((use, i) => isSameContainer(use, containers[i]))
    );
  }

  /** Replaces the content of a namespace. */
  replace(
    before: NamespaceContent | undefined,
    after:
      | (NamespaceContent & {
          containers: ImageContainer[];
          /** Keyed by resource, container and image. */
          byScanned: Map<string, IndexedReport>;
        })
      | undefined,
  ): void {
    if (before) {
      for (const use of this.#usesIn.get(before.place) ?? []) {
        use.of.uses = use.of.uses.filter(each => each !== use);
        this.#dirty.add(use.of);
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
    for (const image of this.#dirty) {
      this.#chooseReport(image);
    }
    this.#dirty.clear();
  }

  /** Chooses the team's newest report on the image's digest, else on a container that runs it under the same name. */
  #chooseReport(image: IndexedImage) {
    const { identity, team, uses } = image;
    const onImage = (this.#reportsOn.get(identity) ?? []).filter(
      report => report.team === team,
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
    container: ImageContainer,
    place: TeamNamespace,
    report: IndexedReport | undefined,
  ): ImageUse {
    const { workload, role, pulled, hasPods, image, resources } = container;
    const identity =
      pulled ?? parseDigest(image) ?? fullImageName(withTag(image));
    const of = this.#image(identity, place.team);
    // Not spread: there are many, and a spread object takes twice the memory.
    const use: ImageUse = {
      workload,
      container: container.container,
      role,
      image,
      pulled,
      hasPods,
      resources,
      place,
      of,
      report,
    };
    of.uses = appended(of.uses, use);
    this.#dirty.add(of);
    return use;
  }

  #image(identity: string, team: string): IndexedImage {
    const images = this.#byIdentity.get(identity);
    const existing = images?.find(each => each.team === team);
    if (existing) {
      return existing;
    }
    const image: IndexedImage = { identity, team, uses: [], report: undefined };
    this.#byIdentity.set(identity, appended(images, image));
    return image;
  }

  #replaceReports(
    before: Map<string, IndexedReport> = new Map(),
    after: Map<string, IndexedReport> = new Map(),
  ) {
    for (const [name, report] of before) {
      if (after.get(name) !== report) {
        this.#changeReports(report, reports =>
          reports.filter(each => each !== report),
        );
      }
    }
    for (const [name, report] of after) {
      if (before.get(name) !== report) {
        this.#changeReports(report, reports => appended(reports, report));
      }
    }
  }

  #changeReports(
    { digest }: IndexedReport,
    change: (reports: IndexedReport[]) => IndexedReport[],
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
      this.#dirty.add(image);
    }
  }
}

function isSameContainer(a: ImageContainer, b: ImageContainer): boolean {
  return (
    a.workload === b.workload &&
    a.container === b.container &&
    a.role === b.role &&
    a.hasPods === b.hasPods &&
    a.image === b.image &&
    a.pulled === b.pulled &&
    a.resources.join() === b.resources.join()
  );
}

function reportOn(
  { image, container, resources }: ImageContainer,
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

/** Ties are broken by name, so the result does not depend on input order. */
export function isNewer(a: IndexedReport, b: IndexedReport): boolean {
  return a.madeAt === b.madeAt
    ? reportName(a) > reportName(b)
    : a.madeAt > b.madeAt;
}

function reportName({ object: { metadata } }: IndexedReport): string {
  return `${metadata.namespace}/${metadata.name}`;
}
