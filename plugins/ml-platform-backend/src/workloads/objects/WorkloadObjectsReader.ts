import type {
  WorkloadObjects,
  workloadObjectsQuerySchema,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  MlPlatformConfig,
  Pod,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { FreshnessTracker } from '../../kubernetes/FreshnessTracker';
import {
  NAMESPACE_TYPES,
  readNamespaceObjects,
} from '../../kubernetes/NamespaceObjects';
import { HealthClock } from '../health/HealthClock';
import { NamespaceContext } from '../health/NamespaceContext';
import { objectsByWorkload } from '../health/OwnedObjects';
import { readNodeProblems } from '../readNodeProblems';
import { TeamNamespaces } from '../TeamNamespaces';
import { describeAutoscaler, describeOwners } from './describeOwners';
import { describePod } from './describePod';

const MAX_PODS = 200;

const NO_OBJECTS: Pick<
  WorkloadObjects,
  'owners' | 'pods' | 'podTotal' | 'autoscalers'
> = { owners: [], pods: [], podTotal: 0, autoscalers: [] };

/** Reads the controllers and pods of a workload in one environment. */
export class WorkloadObjectsReader {
  readonly #store: ClusterStore;
  readonly #config: MlPlatformConfig;
  readonly #namespaces: TeamNamespaces;

  constructor(options: { store: ClusterStore; config: MlPlatformConfig }) {
    this.#store = options.store;
    this.#config = options.config;
    this.#namespaces = new TeamNamespaces({ store: options.store });
  }

  /** @returns undefined when the platform has no such environment. */
  async read(
    team: string,
    workload: string,
    { environment }: z.output<typeof workloadObjectsQuerySchema>,
  ): Promise<WorkloadObjects | undefined> {
    const cluster = this.#config.environments.find(
      ({ name }) => name === environment,
    )?.cluster;
    if (cluster === undefined) {
      return undefined;
    }
    const store = this.#store;
    const reads = new FreshnessTracker({ store });
    reads.track(cluster, 'namespaces', ...NAMESPACE_TYPES);
    const byTeam = await this.#namespaces.get(cluster);
    const namespace = byTeam.get(team)?.get(environment);
    const found =
      namespace === undefined
        ? NO_OBJECTS
        : await this.#readNamespace(cluster, namespace, workload);
    return {
      environment,
      cluster,
      namespace,
      ...found,
      freshness: reads.freshness(),
    };
  }

  async #readNamespace(cluster: string, namespace: string, workload: string) {
    const store = this.#store;
    const objects = await readNamespaceObjects(store, cluster, namespace);
    const owned = objectsByWorkload(objects).get(workload);
    if (!owned) {
      return NO_OBJECTS;
    }
    const context = new NamespaceContext({
      ...objects,
      clock: new HealthClock(Date.now() + store.clockAheadMs(cluster)),
      nodeProblem: await readNodeProblems(store, cluster, owned.pods),
    });
    const owners = describeOwners(owned);
    return {
      owners,
      pods: owned.pods
        .toSorted(newestPodFirst)
        .map(pod => describePod(pod, context))
        .sort((a, b) => Number(a.ready) - Number(b.ready))
        .slice(0, MAX_PODS),
      podTotal: owned.pods.length,
      autoscalers: owners.flatMap(({ kind, name }) =>
        context.autoscalersOf(kind, name).map(describeAutoscaler),
      ),
    };
  }
}

function newestPodFirst(a: Pod, b: Pod): number {
  return (
    (b.metadata.creationTimestamp ?? '').localeCompare(
      a.metadata.creationTimestamp ?? '',
    ) || a.metadata.name.localeCompare(b.metadata.name)
  );
}
