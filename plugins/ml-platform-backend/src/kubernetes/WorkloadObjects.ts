import {
  ENVIRONMENT_LABEL,
  namespaceName,
  TEAM_LABEL,
  type Environment,
} from '@internal/plugin-ml-platform-common';
import { z } from 'zod';
import { cronJobSchema, type CronJob } from './cronJob';
import {
  replicaSetSchema,
  replicatedSchema,
  type ReplicaSet,
  type Replicated,
} from './deployment';
import { jobSchema, type Job } from './job';
import { metadataSchema, type WithMetadata } from './metadata';
import { podSchema, type Pod } from './pod';
import type { TrackedReads } from './TrackedReads';
import { workloadOf } from './workloadOf';

/** What one workload has in one environment. */
export interface WorkloadObjects {
  namespace: string;
  /** False while the team has no such namespace; then there are no objects either. */
  namespaceExists: boolean;
  deployments: Replicated[];
  statefulSets: Replicated[];
  replicaSets: ReplicaSet[];
  cronJobs: CronJob[];
  jobs: Job[];
  pods: Pod[];
}

/** Reads a workload's objects from the namespace that carries the team's and the environment's labels. */
export async function readWorkloadObjects(
  reads: TrackedReads,
  team: string,
  workload: string,
  environment: Environment,
): Promise<WorkloadObjects> {
  const { cluster } = environment;
  const [owned] = await reads.list(
    z.object({ metadata: metadataSchema }),
    cluster,
    'namespaces',
    { labels: { [TEAM_LABEL]: team, [ENVIRONMENT_LABEL]: environment.name } },
  );
  if (!owned) {
    return noObjects(namespaceName(team, environment));
  }
  const namespace = owned.metadata.name;
  const [deployments, statefulSets, replicaSets, cronJobs, jobs, pods] =
    await Promise.all([
      reads.list(replicatedSchema, cluster, 'deployments', { namespace }),
      reads.list(replicatedSchema, cluster, 'statefulsets', { namespace }),
      reads.list(replicaSetSchema, cluster, 'replicasets', { namespace }),
      reads.list(cronJobSchema, cluster, 'cronjobs', { namespace }),
      reads.list(jobSchema, cluster, 'jobs', { namespace }),
      reads.list(podSchema, cluster, 'pods', { namespace }),
    ]);
  const nameOf = workloadOf([
    ...deployments,
    ...statefulSets,
    ...replicaSets,
    ...cronJobs,
    ...jobs,
  ]);
  const isOfWorkload = (object: WithMetadata) => nameOf(object) === workload;
  return {
    namespace,
    namespaceExists: true,
    deployments: deployments.filter(isOfWorkload),
    statefulSets: statefulSets.filter(isOfWorkload),
    replicaSets: replicaSets.filter(isOfWorkload),
    cronJobs: cronJobs.filter(isOfWorkload),
    jobs: jobs.filter(isOfWorkload),
    pods: pods.filter(isOfWorkload),
  };
}

function noObjects(namespace: string): WorkloadObjects {
  return {
    namespace,
    namespaceExists: false,
    deployments: [],
    statefulSets: [],
    replicaSets: [],
    cronJobs: [],
    jobs: [],
    pods: [],
  };
}
