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
  const known = new Map<string, NamespaceContext>();
  const around = (namespace: string): NamespaceContext => {
    const isHere = ({ metadata }: WithMetadata) =>
      metadata.namespace === namespace;
    const found =
      known.get(namespace) ??
      new NamespaceContext({
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
    namespaces.map(({ metadata }) => [metadata.name, metadata.labels ?? {}]),
  );
  const timesOf = new Map(times.map(each => [each.metadata.uid, each]));
  const podsOf = byOwner(pods);
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
        pods: (podsOf.get(uid) ?? []).flatMap(pod => {
          const timed = timesOf.get(pod.metadata.uid);
          return timed ? [{ pod, times: timed }] : [];
        }),
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
