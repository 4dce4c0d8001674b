import {
  ownerOfNamespace,
  type ClusterStore,
  type Job,
  type ObjectFilter,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import { HealthClock } from '../workloads/health/HealthClock';
import { NamespaceContext } from '../workloads/health/NamespaceContext';
import type { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { describeRun, isRun, type RunFacts } from './describeRun';
import type { DeletedPods } from './DeletedPods';
import type { RunRecord } from './RunRecord';

/** The last known state of a deleted Job. */
export interface DeletedJob {
  cluster: string;
  namespace: string;
  job: Job;
  /** Time of the portal's clock. */
  removedAt: string;
  /** The same time of the cluster's clock. */
  now: string;
}

/** Time of the cluster's clock, ISO 8601 with milliseconds. */
export function clusterNow(store: ClusterStore, cluster: string): string {
  return new Date(Date.now() + store.clockAheadMs(cluster)).toISOString();
}

/**
 * Describes the runs of a cluster from its objects: of existing Jobs, and of deleted Jobs whose namespace exists. Only
 * namespaces that belong to a team count.
 *
 * @param options.filter - a team, or one namespace.
 */
export async function liveRuns(options: {
  reads: FreshnessTracker;
  store: ClusterStore;
  cluster: string;
  filter: Pick<ObjectFilter, 'team' | 'namespace'>;
  deletedPods: DeletedPods;
  deletedJobs?: DeletedJob[];
  positions?: RunFacts['positions'];
}): Promise<RunRecord[]> {
  const {
    reads,
    store,
    cluster,
    filter,
    deletedPods,
    deletedJobs = [],
    positions,
  } = options;
  const [namespaces, jobs, pods, cronJobs, events, quotas, claims, queued] =
    await Promise.all([
      reads.listStored(cluster, 'namespaces', { team: filter.team }),
      reads.list(cluster, 'jobs', filter),
      reads.list(cluster, 'pods', filter),
      reads.list(cluster, 'cronjobs', filter),
      reads.list(cluster, 'events', filter),
      reads.list(cluster, 'resourcequotas', filter),
      reads.list(cluster, 'persistentvolumeclaims', filter),
      reads.list(cluster, 'kueueworkloads', filter),
    ]);
  const contexts = new Map<string, NamespaceContext>();
  const contextOf = (namespace: string): NamespaceContext => {
    const isInNamespace = ({ metadata }: WithMetadata) =>
      metadata.namespace === namespace;
    const context =
      contexts.get(namespace) ??
      new NamespaceContext({
        namespace,
        clock: new HealthClock(Date.parse(clusterNow(store, cluster))),
        pods: pods.filter(isInNamespace),
        events: events.filter(isInNamespace),
        quotas: quotas.filter(isInNamespace),
        claims: claims.filter(isInNamespace),
        queued: queued.filter(isInNamespace),
      });
    contexts.set(namespace, context);
    return context;
  };
  const owners = new Map(
    namespaces.map(each => [each.metadata.name, ownerOfNamespace(each)]),
  );
  const podsByOwner = groupByOwner(pods);
  const now = clusterNow(store, cluster);
  const describe = (
    job: Job,
    moment: Pick<RunFacts, 'now' | 'removedAt'>,
  ): RunRecord[] => {
    const { uid, namespace = '' } = job.metadata;
    const owner = owners.get(namespace);
    if (!uid || !owner || !isRun(job)) {
      return [];
    }
    return [
      describeRun({
        job,
        ...owner,
        cluster,
        namespace,
        pods: podsByOwner.get(uid) ?? [],
        deletedPods: deletedPods.of(uid),
        context: contextOf(namespace),
        cronJobs,
        positions,
        ...moment,
      }),
    ];
  };
  return [
    ...jobs.flatMap(job => describe(job, { now })),
    ...deletedJobs.flatMap(({ job, removedAt, now: deletedAt }) =>
      describe(job, { now: deletedAt, removedAt }),
    ),
  ];
}

function groupByOwner<T extends WithMetadata>(objects: T[]): Map<string, T[]> {
  const owned = new Map<string, T[]>();
  for (const object of objects) {
    for (const { uid } of object.metadata.ownerReferences ?? []) {
      const known = owned.get(uid);
      if (known) {
        known.push(object);
      } else {
        owned.set(uid, [object]);
      }
    }
  }
  return owned;
}
