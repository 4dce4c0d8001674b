import {
  ENVIRONMENT_LABEL,
  TEAM_LABEL,
} from '@internal/plugin-ml-platform-common';
import type {
  ClusterStore,
  ObjectFilter,
} from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { NamespaceContext } from '../workloads/health/NamespaceContext';
import { cronJobSchema } from '../kubernetes/cronJob';
import { eventSchema } from '../kubernetes/event';
import { jobSchema, type Job } from '../kubernetes/job';
import { metadataSchema, type WithMetadata } from '../kubernetes/metadata';
import { persistentVolumeClaimSchema } from '../kubernetes/persistentVolumeClaim';
import { podSchema } from '../kubernetes/pod';
import { queuedWorkloadSchema } from '../kubernetes/queuedWorkload';
import { resourceQuotaSchema } from '../kubernetes/resourceQuota';
import type { FreshnessTracker } from '../kubernetes/FreshnessTracker';
import { describeRun, isRun, type RunFacts } from './describeRun';
import type { DeletedPods } from './DeletedPods';
import { timedPodSchema } from './podUse';
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
}): Promise<RunRecord[]> {
  const {
    reads,
    store,
    cluster,
    filter,
    deletedPods,
    deletedJobs = [],
  } = options;
  const [
    namespaces,
    jobs,
    pods,
    times,
    cronJobs,
    events,
    quotas,
    claims,
    queued,
  ] = await Promise.all([
    reads.list(z.object({ metadata: metadataSchema }), cluster, 'namespaces', {
      team: filter.team,
    }),
    reads.list(jobSchema, cluster, 'jobs', filter),
    reads.list(podSchema, cluster, 'pods', filter),
    reads.list(timedPodSchema, cluster, 'pods', filter),
    reads.list(cronJobSchema, cluster, 'cronjobs', filter),
    reads.list(eventSchema, cluster, 'events', filter),
    reads.list(resourceQuotaSchema, cluster, 'resourcequotas', filter),
    reads.list(
      persistentVolumeClaimSchema,
      cluster,
      'persistentvolumeclaims',
      filter,
    ),
    reads.list(queuedWorkloadSchema, cluster, 'workloads', filter),
  ]);
  const contexts = new Map<string, NamespaceContext>();
  const contextOf = (namespace: string): NamespaceContext => {
    const isInNamespace = ({ metadata }: WithMetadata) =>
      metadata.namespace === namespace;
    const context =
      contexts.get(namespace) ??
      NamespaceContext.create({
        namespace,
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
    namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
  );
  const timedPods = new Map(times.map(each => [each.metadata.uid, each]));
  const podsByOwner = groupByOwner(pods);
  const now = clusterNow(store, cluster);
  const describe = (
    job: Job,
    moment: Pick<RunFacts, 'now' | 'removedAt'>,
  ): RunRecord[] => {
    const { uid, namespace = '' } = job.metadata;
    const labels = owners.get(namespace);
    const team = labels?.[TEAM_LABEL];
    const environment = labels?.[ENVIRONMENT_LABEL];
    if (!uid || !team || !environment || !isRun(job)) {
      return [];
    }
    return [
      describeRun({
        job,
        team,
        environment,
        cluster,
        namespace,
        pods: (podsByOwner.get(uid) ?? []).flatMap(pod => {
          const timed = timedPods.get(pod.metadata.uid);
          return timed ? [{ pod, times: timed }] : [];
        }),
        deletedPods: deletedPods.of(uid),
        around: contextOf(namespace),
        cronJobs,
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
