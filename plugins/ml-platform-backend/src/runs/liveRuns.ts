import {
  ownerOfNamespace,
  type ClusterStore,
  type Job,
  type ObjectFilter,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import { NamespaceContext } from '../workloads/health/NamespaceContext';
import type { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { describeRun, isRun, type RunFacts } from './describeRun';
import type { DeletedPods } from './DeletedPods';
import type { RunRecord } from './RunRecord';

/** A Job that is gone, as it last was. */
export interface DeletedJob {
  cluster: string;
  namespace: string;
  job: Job;
  /** Of our clock. */
  removedAt: string;
  /** Of the cluster's clock. */
  now: string;
}

/** The cluster's clock, ISO 8601. */
export function clusterNow(store: ClusterStore, cluster: string): string {
  return new Date(Date.now() + store.clockAheadMs(cluster)).toISOString();
}

/**
 * Runs whose Jobs are in a cluster, in namespaces that belong to a team now; and those of Jobs that are gone, as long as
 * their namespace is there.
 *
 * @param options.filter - a team, or one namespace.
 */
export async function liveRuns(options: {
  reads: FreshnessTracker;
  store: ClusterStore;
  cluster: string;
  filter: Pick<ObjectFilter, 'team' | 'namespace'>;
  gone: DeletedPods;
  removed?: DeletedJob[];
}): Promise<RunRecord[]> {
  const { reads, store, cluster, filter, gone, removed = [] } = options;
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
  const known = new Map<string, NamespaceContext>();
  const around = (namespace: string): NamespaceContext => {
    const isHere = ({ metadata }: WithMetadata) =>
      metadata.namespace === namespace;
    const found =
      known.get(namespace) ??
      NamespaceContext.create({
        namespace,
        pods: pods.filter(isHere),
        events: events.filter(isHere),
        quotas: quotas.filter(isHere),
        claims: claims.filter(isHere),
        queued: queued.filter(isHere),
      });
    known.set(namespace, found);
    return found;
  };
  const owners = new Map(
    namespaces.map(each => [each.metadata.name, ownerOfNamespace(each)]),
  );
  const podsOf = byOwner(pods);
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
        pods: podsOf.get(uid) ?? [],
        gone: gone.of(uid),
        around: around(namespace),
        cronJobs,
        ...moment,
      }),
    ];
  };
  return [
    ...jobs.flatMap(job => describe(job, { now })),
    ...removed.flatMap(each =>
      describe(each.job, { now: each.now, removedAt: each.removedAt }),
    ),
  ];
}

function byOwner<T extends WithMetadata>(objects: T[]): Map<string, T[]> {
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
