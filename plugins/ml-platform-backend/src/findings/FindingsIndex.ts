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
import { runningContainers, runsOtherwise } from './runningContainers';
import { readReport } from './storedReport';

/** What pods may belong to; of these only who they are matters. */
const OWNER_TYPES = [
  'deployments',
  'statefulsets',
  'daemonsets',
  'replicasets',
  'jobs',
] as const;

/** What findings are made of. */
export const FINDING_TYPES: ObjectType[] = [
  'namespaces',
  'pods',
  'cronjobs',
  ...OWNER_TYPES,
  'vulnerabilityreports',
];

interface IndexedNamespace {
  place: TeamNamespace;
  /** By name. */
  reports: Map<string, IndexedReport>;
}

/**
 * Which images run where, and what the newest report of each says; by number, since the bulk stays in the store. A
 * change marks its namespace; the next reader has what is marked looked at again, in slices that hold nobody up.
 */
export class FindingsIndex {
  static create(options: { store: ClusterStore }): FindingsIndex {
    return new FindingsIndex(options.store);
  }

  readonly table = FindingTable.create();
  readonly images = ImageTable.create(this.table);

  readonly #store: ClusterStore;
  readonly #namespaces = new Map<string, IndexedNamespace>();
  /** By cluster, the types that had been read when all its namespaces were last looked at. */
  readonly #known = new Map<string, string>();
  readonly #marked = new Map<string, { cluster: string; namespace: string }>();
  #updating: Promise<void> = Promise.resolve();
  #version = 0;

  private constructor(store: ClusterStore) {
    this.#store = store;
    store.subscribe(change => this.#notice(change));
  }

  /** Another number whenever something may be different. */
  get version(): number {
    return this.#version;
  }

  /** Places that belong to a team. */
  places(): TeamNamespace[] {
    return [...this.#namespaces.values()].map(({ place }) => place);
  }

  /** Takes in what changed up to now. It waits a moment for what was never read. */
  refresh(): Promise<void> {
    this.#updating = this.#updating.catch(() => {}).then(() => this.#update());
    return this.#updating;
  }

  #notice({ cluster, type, object, previous }: ObjectChange) {
    const { name, namespace = '' } = (object ?? previous)?.metadata ?? {};
    if (type === 'namespaces') {
      this.#mark(cluster, name ?? '');
    } else if (isRelevant(type, previous, object)) {
      this.#mark(cluster, namespace);
    }
  }

  #mark(cluster: string, namespace: string) {
    this.#marked.set(`${cluster}/${namespace}`, { cluster, namespace });
  }

  async #update() {
    for (const cluster of this.#store.clusters()) {
      await this.#markUnread(cluster);
    }
    const turn = new EventLoopSlice();
    for (const [key, { cluster, namespace }] of [...this.#marked]) {
      this.#marked.delete(key);
      await this.#look(cluster, namespace);
      await turn.next();
    }
  }

  /** Nothing tells when a type has been read for the first time, and what was looked at before lacks it. */
  async #markUnread(cluster: string) {
    if (this.#typesRead(cluster).length < FINDING_TYPES.length) {
      await Promise.all(
        FINDING_TYPES.map(type =>
          this.#store.list(cluster, type, { namespace: '-' }),
        ),
      );
    }
    const known = this.#typesRead(cluster).join();
    if (known !== this.#known.get(cluster)) {
      this.#known.set(cluster, known);
      const { items } = await this.#store.list(cluster, 'namespaces');
      items.forEach(({ metadata }) => this.#mark(cluster, metadata.name));
    }
  }

  #typesRead(cluster: string): ObjectType[] {
    return FINDING_TYPES.filter(type => {
      const { asOf, problem } = this.#store.freshness(cluster, type);
      return asOf !== undefined || problem === undefined;
    });
  }

  async #look(cluster: string, namespace: string) {
    const key = `${cluster}/${namespace}`;
    const before = this.#namespaces.get(key);
    const known = this.#typesRead(cluster);
    const list = async (type: ObjectType): Promise<StoredObject[]> =>
      known.includes(type)
        ? (await this.#store.list(cluster, type, { namespace })).items
        : [];
    const owner = known.includes('namespaces')
      ? await this.#store.owner(cluster, namespace)
      : undefined;
    if (!owner) {
      this.#namespaces.delete(key);
      this.images.replace(before, undefined);
      this.#version += 1;
      return;
    }
    const [pods, cronJobs, found, ...owners] = await Promise.all([
      list('pods'),
      list('cronjobs'),
      list('vulnerabilityreports'),
      ...OWNER_TYPES.map(list),
    ]);
    const place = { cluster, namespace, ...owner };
    const { reports, byScanned } = readReports(place, found, before);
    const containers = runningContainers({
      pods,
      cronJobs,
      owners: owners.flat(),
    });
    if (
      before &&
      isSamePlace(before.place, place) &&
      hasSameReports(before.reports, reports) &&
      this.images.runs(before.place, containers)
    ) {
      return; // So that what was counted still counts, for example when a CronJob was only started.
    }
    const after = { place, reports };
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
      return runsOtherwise(before, after);
    case 'cronjobs':
    case 'vulnerabilityreports':
      return true;
    default:
      return (
        FINDING_TYPES.includes(type) &&
        (before?.metadata.uid !== after?.metadata.uid ||
          before?.metadata.labels !== after?.metadata.labels)
      );
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

/** Reports that did not change stay who they are. */
function readReports(
  place: TeamNamespace,
  objects: StoredObject[],
  before: IndexedNamespace | undefined,
) {
  const isSameTeam = before?.place.team === place.team;
  const reports = new Map<string, IndexedReport>();
  const byScanned = new Map<string, IndexedReport>();
  for (const object of objects) {
    const read = readReport(object);
    if (!read) {
      continue;
    }
    const { name } = object.metadata;
    const { image, scanned, madeAt, digest, sample } = read;
    const known = isSameTeam ? before.reports.get(name) : undefined;
    const report =
      known?.object === object
        ? known
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
  return { reports, byScanned };
}
