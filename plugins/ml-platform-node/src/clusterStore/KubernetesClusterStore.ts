import type { Readable } from 'node:stream';
import { NotFoundError, toError } from '@backstage/errors';
import type { LoggerService } from '@backstage/backend-plugin-api';
import type { UpstreamProblem } from '@internal/plugin-ml-platform-common';
import { ownerOfNamespace } from '../kinds/ownership';
import { toUpstreamProblem, UpstreamError } from '../upstream';
import type { ConfiguredCluster } from './clusterConfig';
import type {
  ClusterStore,
  Listing,
  ObjectChange,
  ObjectFilter,
  TypeStatus,
} from './ClusterStore';
import { ClusterReflectors, type FollowedType } from './ClusterReflectors';
import { InternPool } from '../kinds/projection/InternPool';
import type { ObjectType } from './objectTypes';
import { followPodLogs, readPodLogs } from './readPodLogs';
import { defaultTiming, type ReflectorTiming } from './reflector/timing';
import { selectObjects } from './selectObjects';

/** Everything that the clusters hold, in memory; one reflector per cluster and type keeps it up to date. */
export class KubernetesClusterStore implements ClusterStore {
  /** Follows the clusters from now on, until it is stopped. */
  static create(options: {
    clusters: ConfiguredCluster[];
    logger?: LoggerService;
    /** How long a reader waits for a type that has not been read yet, and for a log. Default: 5 s. */
    timeoutMs?: number;
    timing?: Partial<ReflectorTiming>;
  }): KubernetesClusterStore {
    return new KubernetesClusterStore(options);
  }

  readonly #clusters: Map<string, ClusterReflectors>;
  readonly #timeoutMs: number;
  readonly #logger: LoggerService | undefined;
  readonly #listeners = new Set<(change: ObjectChange) => void>();

  private constructor(
    options: Parameters<typeof KubernetesClusterStore.create>[0],
  ) {
    this.#timeoutMs = options.timeoutMs ?? 5_000;
    this.#logger = options.logger;
    const pool = new InternPool();
    this.#clusters = new Map(
      options.clusters.map(cluster => [
        cluster.name,
        ClusterReflectors.create({
          cluster,
          pool,
          timing: { ...defaultTiming, ...options.timing },
          onChange: change => this.#publish(change),
          onFailure: (source, type, error) =>
            this.#logger?.warn(
              `${source}: ${type} cannot be followed (${error.kind}), trying again`,
              error.cause === undefined ? undefined : toError(error.cause),
            ),
        }),
      ]),
    );
    for (const cluster of this.#clusters.values()) {
      cluster.start();
    }
  }

  clusters(): string[] {
    return [...this.#clusters.keys()];
  }

  async list(
    cluster: string,
    type: ObjectType,
    filter: ObjectFilter = {},
  ): Promise<Listing> {
    const followed = this.#cluster(cluster);
    // Which namespaces are a team's is known from the namespaces.
    const needed: ObjectType[] =
      filter.team === undefined ? [type] : [type, 'namespaces'];
    const states = await Promise.all(
      needed.map(each => this.#known(followed, each)),
    );
    const problem = states.find(state => state.problem)?.problem;
    if (states.some(({ asOf }) => asOf === undefined)) {
      return { items: [], problem };
    }
    return {
      items: selectObjects(
        typeOf(followed, type).table,
        filter,
        (team, environment) => namespacesOf(followed, team, environment),
      ),
      asOf: states.map(({ asOf }) => asOf ?? '').sort()[0],
      problem,
    };
  }

  async owner(
    cluster: string,
    namespace: string,
  ): Promise<{ team: string; environment: string } | undefined> {
    const followed = this.#clusters.get(cluster);
    if (!followed) {
      return undefined;
    }
    await this.#known(followed, 'namespaces');
    const found = typeOf(followed, 'namespaces').table.get('', namespace);
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

  /** Ends all watches. What was read stays readable. */
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

  /** @returns no `asOf`, but a problem, for a type that was never read. */
  async #known(
    cluster: ClusterReflectors,
    type: ObjectType,
  ): Promise<{ asOf?: string; problem?: UpstreamProblem }> {
    const { reflector } = typeOf(cluster, type);
    if (reflector.status().state === 'syncing') {
      await outcomeWithin(reflector.outcome, this.#timeoutMs);
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

function typeOf(cluster: ClusterReflectors, type: ObjectType): FollowedType {
  const followed = cluster.types.get(type);
  if (!followed) {
    throw new NotFoundError('There is no such type');
  }
  return followed;
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

async function outcomeWithin(outcome: Promise<void>, ms: number) {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>(resolve => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([outcome, late]);
  clearTimeout(timer);
}
