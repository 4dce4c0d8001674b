import type { Readable } from 'node:stream';
import { NotFoundError, toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import { isAcceptedApplication } from '../kinds/isAcceptedApplication';
import { ownerOfNamespace } from '../kinds/ownership';
import type { StoredObject } from '../kinds/StoredObject';
import { withTimeout } from '../async/withTimeout';
import { toUpstreamProblem, UpstreamError } from '../upstream';
import type { ConfiguredCluster } from './clusterConfig';
import type {
  ClusterStore,
  Listing,
  ObjectChange,
  ObjectFilter,
  TypeStatus,
} from './ClusterStore';
import { ClusterReflectors, type ReflectedType } from './ClusterReflectors';
import { InternPool } from '../kinds/projection/InternPool';
import type { ObjectType } from './objectTypes';
import { followPodLogs, readPodLogs } from './readPodLogs';
import { defaultTiming, type ReflectorTiming } from './reflector/timing';
import { selectObjects } from './selectObjects';

export interface KubernetesClusterStoreOptions {
  clusters: ConfiguredCluster[];
  logger?: LoggerService;
  /** Limit of a read that waits for the first list of a type, and of a log request. Default: 5 s. */
  timeoutMs?: number;
  timing?: Partial<ReflectorTiming>;
}

/** Cluster store with one reflector for each type of each cluster. */
export class KubernetesClusterStore implements ClusterStore {
  /** Creates a store and starts to watch the clusters; `stop()` ends it. */
  static start(options: KubernetesClusterStoreOptions): KubernetesClusterStore {
    const store = new KubernetesClusterStore(options);
    for (const cluster of store.#clusters.values()) {
      cluster.start();
    }
    return store;
  }

  readonly #clusters: Map<string, ClusterReflectors>;
  readonly #timeoutMs: number;
  readonly #logger: LoggerService | undefined;
  readonly #listeners = new Set<(change: ObjectChange) => void>();

  private constructor(options: KubernetesClusterStoreOptions) {
    this.#timeoutMs = options.timeoutMs ?? 5_000;
    this.#logger = options.logger;
    const pool = new InternPool();
    this.#clusters = new Map(
      options.clusters.map(cluster => [
        cluster.name,
        new ClusterReflectors({
          cluster,
          pool,
          timing: { ...defaultTiming, ...options.timing },
          onChange: change => this.#publish(change),
          onFailure: (source, type, error) =>
            this.#logger?.warn(
              `${source}: cannot watch ${type} (${error.kind}), retrying`,
              error.cause === undefined ? undefined : toError(error.cause),
            ),
        }),
      ]),
    );
  }

  clusters(): string[] {
    return [...this.#clusters.keys()];
  }

  async list(
    cluster: string,
    type: ObjectType,
    filter: ObjectFilter = {},
  ): Promise<Listing> {
    const reflectors = this.#cluster(cluster);
    // Namespaces say which of them a team owns.
    const needed: ObjectType[] =
      filter.team === undefined && type !== 'applications'
        ? [type]
        : [type, 'namespaces'];
    const [states] = await Promise.all([
      Promise.all(needed.map(each => this.#waitForSync(reflectors, each))),
      // Without AppProjects, Applications are still read.
      type === 'applications' && this.#waitForSync(reflectors, 'appprojects'),
    ]);
    const problem = states.find(state => state.problem)?.problem;
    if (states.some(({ asOf }) => asOf === undefined)) {
      return { items: [], problem };
    }
    const items = selectObjects(
      typeOf(reflectors, type).table,
      filter,
      (team, environment) => namespacesOf(reflectors, team, environment),
    );
    return {
      items:
        type === 'applications'
          ? acceptedApplications(reflectors, items)
          : items,
      asOf: states.map(({ asOf }) => asOf ?? '').sort()[0],
      problem,
    };
  }

  async owner(
    cluster: string,
    namespace: string,
  ): Promise<{ team: string; environment: string } | undefined> {
    const reflectors = this.#clusters.get(cluster);
    if (!reflectors) {
      return undefined;
    }
    await this.#waitForSync(reflectors, 'namespaces');
    const found = typeOf(reflectors, 'namespaces').table.get('', namespace);
    return found && ownerOfNamespace(found);
  }

  freshness(
    cluster: string,
    type: ObjectType,
  ): { asOf?: string; problem?: UpstreamProblem } {
    return freshnessOf(this.#cluster(cluster), type);
  }

  clockAheadMs(cluster: string): number {
    return this.#cluster(cluster).connection.clockAheadMs;
  }

  subscribe(listener: (change: ObjectChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  status(): TypeStatus[] {
    return [...this.#clusters].flatMap(([cluster, { source, types }]) =>
      [...types].map(([type, { table, reflector }]) => {
        const { error, ...status } = reflector.status();
        return {
          cluster,
          type,
          objects: table.size,
          problem: error && toUpstreamProblem(source, error),
          ...status,
        };
      }),
    );
  }

  async podLogs(
    options: Parameters<ClusterStore['podLogs']>[0],
  ): Promise<string> {
    return readPodLogs(this.#cluster(options.cluster), {
      ...options,
      timeoutMs: this.#timeoutMs,
    });
  }

  async followPodLogs(
    options: Parameters<ClusterStore['followPodLogs']>[0],
  ): Promise<Readable> {
    return followPodLogs(this.#cluster(options.cluster), {
      ...options,
      timeoutMs: this.#timeoutMs,
    });
  }

  /** Ends all watches. The objects stay readable. */
  async stop(): Promise<void> {
    await Promise.all(
      [...this.#clusters.values()].map(cluster => cluster.stop()),
    );
  }

  #cluster(name: string): ClusterReflectors {
    const cluster = this.#clusters.get(name);
    if (!cluster) {
      throw new NotFoundError('There is no such cluster');
    }
    return cluster;
  }

  /** @returns a problem without `asOf` for a type that was never listed. */
  async #waitForSync(
    cluster: ClusterReflectors,
    type: ObjectType,
  ): Promise<{ asOf?: string; problem?: UpstreamProblem }> {
    const { reflector } = typeOf(cluster, type);
    if (reflector.status().state === 'syncing') {
      await withTimeout(this.#timeoutMs, reflector.outcome).catch(() => {});
    }
    return freshnessOf(cluster, type);
  }

  #publish(change: ObjectChange) {
    for (const listener of this.#listeners) {
      try {
        listener(change);
      } catch (error) {
        this.#logger?.error(
          'A listener of the cluster store failed',
          toError(error),
        );
      }
    }
  }
}

function freshnessOf(
  cluster: ClusterReflectors,
  type: ObjectType,
): { asOf?: string; problem?: UpstreamProblem } {
  const { state, asOf, error } = typeOf(cluster, type).reflector.status();
  if (state === 'syncing') {
    const reason = error ?? new UpstreamError('timeout');
    return { problem: toUpstreamProblem(cluster.source, reason) };
  }
  return { asOf, problem: error && toUpstreamProblem(cluster.source, error) };
}

function typeOf(cluster: ClusterReflectors, type: ObjectType): ReflectedType {
  const reflected = cluster.types.get(type);
  if (!reflected) {
    throw new NotFoundError('There is no such type');
  }
  return reflected;
}

/** Omits Applications that claim a project which Argo CD does not let them use. */
function acceptedApplications(
  cluster: ClusterReflectors,
  applications: StoredObject[],
): StoredObject[] {
  const namespaces = typeOf(cluster, 'namespaces').table;
  const teamOfNamespace = (name: string) => {
    const namespace = namespaces.get('', name);
    return namespace && ownerOfNamespace(namespace)?.team;
  };
  const projects = typeOf(cluster, 'appprojects').table.all();
  return applications.filter(application =>
    isAcceptedApplication(application, { teamOfNamespace, projects }),
  );
}

function namespacesOf(
  cluster: ClusterReflectors,
  team: string,
  environment: string | undefined,
): string[] {
  return (typeOf(cluster, 'namespaces').table.byIndex('team', team) ?? [])
    .filter(
      namespace =>
        environment === undefined ||
        ownerOfNamespace(namespace)?.environment === environment,
    )
    .map(({ metadata }) => metadata.name);
}
