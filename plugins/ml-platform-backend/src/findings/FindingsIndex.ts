import {
  EventLoopSlice,
  type ClusterStore,
  type ObjectChange,
  type ObjectType,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { FindingTable } from './FindingTable';
import {
  ImageTable,
  isNewer,
  type IndexedReport,
  type TeamNamespace,
} from './ImageTable';
import {
  changesContainers,
  changesTemplate,
  imageContainers,
} from './imageContainers';
import {
  countsFrom,
  isWrittenByScanner,
  knownOwners,
  type KnownOwners,
} from './reportProvenance';
import { readReport } from './storedReport';

/** Types that own pods. While an owner has no pods, the images of its template count. */
const OWNER_TYPES = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'rollouts',
  'cronjobs',
  'jobs',
] as const;

/** Types that findings depend on. */
export const FINDING_TYPES: ObjectType[] = [
  'namespaces',
  'pods',
  ...OWNER_TYPES,
  'vulnerabilityreports',
];

interface IndexedNamespace {
  place: TeamNamespace;
  /** Keyed by name. */
  reports: Map<string, IndexedReport>;
  /** Number of reports that are not counted: the scanner did not write them, or their date is in the future. */
  ignored: number;
  /** When the first report of the future is one of the present, in milliseconds since 1970. */
  recheckAt: number;
}

/**
 * Index of images in use and the newest report of each. It holds numbers; the findings themselves stay in the store. A
 * change marks its namespace as dirty, and the next reader reindexes those, yielding to the event loop in between.
 */
export class FindingsIndex {
  readonly table = new FindingTable();
  readonly images = new ImageTable(this.table);

  readonly #store: ClusterStore;
  readonly #now: () => number;
  readonly #namespaces = new Map<string, IndexedNamespace>();
  /** By cluster: the types that had been read when all its namespaces were last indexed. */
  readonly #indexedTypes = new Map<string, string>();
  readonly #dirty = new Map<string, { cluster: string; namespace: string }>();
  #updating: Promise<void> = Promise.resolve();
  #version = 0;

  constructor(options: {
    store: ClusterStore;
    /** Milliseconds since 1970. */
    now?: () => number;
  }) {
    const { store, now = Date.now } = options;
    this.#store = store;
    this.#now = now;
    store.subscribe(change => this.#onChange(change));
  }

  /** Increases whenever an answer can be different. */
  get version(): number {
    return this.#version;
  }

  /** Namespaces that belong to a team. */
  namespaces(): TeamNamespace[] {
    return [...this.#namespaces.values()].map(({ place }) => place);
  }

  /** Number of reports in a namespace that are not counted. */
  ignoredReports({ cluster, namespace }: TeamNamespace): number {
    return this.#namespaces.get(`${cluster}/${namespace}`)?.ignored ?? 0;
  }

  /** Reindexes dirty namespaces. Waits a moment for types that were never read. */
  refresh(): Promise<void> {
    this.#updating = this.#updating.catch(() => {}).then(() => this.#update());
    return this.#updating;
  }

  #onChange({ cluster, type, object, previous }: ObjectChange) {
    const { name, namespace = '' } = (object ?? previous)?.metadata ?? {};
    if (type === 'namespaces') {
      this.#markDirty(cluster, name ?? '');
    } else if (isRelevant(type, previous, object)) {
      this.#markDirty(cluster, namespace);
    }
  }

  #markDirty(cluster: string, namespace: string) {
    this.#dirty.set(`${cluster}/${namespace}`, { cluster, namespace });
  }

  async #update() {
    for (const cluster of this.#store.clusters()) {
      await this.#markNewTypes(cluster);
    }
    for (const { place, recheckAt } of this.#namespaces.values()) {
      if (recheckAt <= this.#now()) {
        this.#markDirty(place.cluster, place.namespace);
      }
    }
    const slice = new EventLoopSlice();
    for (const [key, { cluster, namespace }] of [...this.#dirty]) {
      this.#dirty.delete(key);
      await this.#reindex(cluster, namespace);
      await slice.next();
    }
  }

  /** The store has no event for the first read of a type; namespaces indexed before lack its objects. */
  async #markNewTypes(cluster: string) {
    if (this.#typesRead(cluster).length < FINDING_TYPES.length) {
      await Promise.all(
        FINDING_TYPES.map(type =>
          this.#store.list(cluster, type, { namespace: '-' }),
        ),
      );
    }
    const types = this.#typesRead(cluster).join();
    if (types !== this.#indexedTypes.get(cluster)) {
      this.#indexedTypes.set(cluster, types);
      const { items } = await this.#store.list(cluster, 'namespaces');
      items.forEach(({ metadata }) => this.#markDirty(cluster, metadata.name));
    }
  }

  #typesRead(cluster: string): ObjectType[] {
    return FINDING_TYPES.filter(type => {
      const { asOf, problem } = this.#store.freshness(cluster, type);
      return asOf !== undefined || problem === undefined;
    });
  }

  async #reindex(cluster: string, namespace: string) {
    const key = `${cluster}/${namespace}`;
    const before = this.#namespaces.get(key);
    const types = this.#typesRead(cluster);
    const list = async (type: ObjectType): Promise<StoredObject[]> =>
      types.includes(type)
        ? (await this.#store.list(cluster, type, { namespace })).items
        : [];
    const owner = types.includes('namespaces')
      ? await this.#store.owner(cluster, namespace)
      : undefined;
    if (!owner) {
      this.#namespaces.delete(key);
      this.images.replace(before, undefined);
      this.#version += 1;
      return;
    }
    const [pods, found, ...owners] = await Promise.all([
      list('pods'),
      list('vulnerabilityreports'),
      ...OWNER_TYPES.map(list),
    ]);
    const place = { cluster, namespace, ...owner };
    const { byScanned, ...read } = readReports(place, found, {
      before,
      owners: knownOwners([...pods, ...owners.flat()]),
      now: this.#now(),
    });
    const containers = imageContainers({ pods, owners: owners.flat() });
    if (
      before &&
      isSamePlace(before.place, place) &&
      hasSameReports(before.reports, read.reports) &&
      before.ignored === read.ignored &&
      before.recheckAt === read.recheckAt &&
      this.images.runs(before.place, containers)
    ) {
      return; // Keeps cached groups valid, for example when a CronJob was only started.
    }
    const after = { place, ...read };
    this.#namespaces.set(key, after);
    this.images.replace(before, { ...after, containers, byScanned });
    this.#version += 1;
  }
}

function isRelevant(
  type: ObjectType,
  before: StoredObject | undefined,
  after: StoredObject | undefined,
): boolean {
  switch (type) {
    case 'pods':
      return changesContainers(before, after);
    case 'vulnerabilityreports':
      return true;
    default:
      return FINDING_TYPES.includes(type) && changesTemplate(before, after);
  }
}

function isSamePlace(a: TeamNamespace, b: TeamNamespace): boolean {
  return a.team === b.team && a.environment === b.environment;
}

function hasSameReports(
  a: Map<string, IndexedReport>,
  b: Map<string, IndexedReport>,
): boolean {
  return (
    a.size === b.size &&
    [...a].every(([name, report]) => b.get(name) === report)
  );
}

/** Reads the scanner's reports in a namespace. Those that did not change keep their identity. */
function readReports(
  place: TeamNamespace,
  objects: StoredObject[],
  options: {
    before: IndexedNamespace | undefined;
    owners: KnownOwners;
    now: number;
  },
) {
  const { before, owners, now } = options;
  let recheckAt = Infinity;
  const isSameTeam = before?.place.team === place.team;
  const reports = new Map<string, IndexedReport>();
  const byScanned = new Map<string, IndexedReport>();
  for (const object of objects) {
    const read = readReport(object);
    const from = countsFrom(object);
    if (!read || from === undefined || !isWrittenByScanner(object, owners)) {
      continue;
    }
    if (from > now) {
      recheckAt = Math.min(recheckAt, from);
      continue;
    }
    const { name } = object.metadata;
    const { image, scanned, madeAt, digest, sample } = read;
    const previous = isSameTeam ? before.reports.get(name) : undefined;
    const report =
      previous?.object === object
        ? previous
        : {
            object,
            team: place.team,
            madeAt,
            digest,
            sample,
            users: 0,
            numbers: undefined,
            tally: undefined,
          };
    reports.set(name, report);
    const key = `${scanned}/${image}`;
    const other = byScanned.get(key);
    byScanned.set(key, other && isNewer(other, report) ? other : report);
  }
  return {
    reports,
    byScanned,
    ignored: objects.length - reports.size,
    recheckAt,
  };
}
