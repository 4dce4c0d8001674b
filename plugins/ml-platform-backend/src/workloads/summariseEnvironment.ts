import type {
  ApplicationSummary,
  Environment,
  JobSummary,
  WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import { summariseCronJob } from '../kubernetes/cronJob';
import {
  eventSchema,
  failedCreateReason,
  type Event,
} from '../kubernetes/event';
import { summariseJob } from '../kubernetes/job';
import { isOwnedBy, newestFirst } from '../kubernetes/metadata';
import { isActivePod, isReadyPod, podReason } from '../kubernetes/pod';
import type { TrackedReads } from '../kubernetes/TrackedReads';
import {
  readWorkloadObjects,
  type WorkloadObjects,
} from '../kubernetes/WorkloadObjects';

/** What runs of a workload in one environment, and its Jobs. */
export async function summariseEnvironment(options: {
  reads: TrackedReads;
  team: string;
  workload: string;
  environment: Environment;
  application: ApplicationSummary | undefined;
}): Promise<{
  summary: WorkloadEnvironment;
  jobs: JobSummary[];
  hasObjects: boolean;
}> {
  const { reads, team, workload, environment, application } = options;
  const { name, cluster } = environment;
  const objects = await readWorkloadObjects(reads, team, workload, environment);
  const { namespace } = objects;
  const events = objects.namespaceExists
    ? await reads.list(eventSchema, cluster, 'events', { namespace })
    : [];
  const around = {
    environment: name,
    cluster,
    namespace,
    pods: objects.pods,
    events,
  };
  return {
    summary: {
      environment: name,
      cluster,
      namespace,
      application,
      image: newestImage(objects),
      pods: summarisePods(objects, events),
    },
    jobs: [
      ...objects.cronJobs.map(cronJob =>
        summariseCronJob(cronJob, objects.jobs, around),
      ),
      ...objects.jobs.sort(newestFirst).map(job => summariseJob(job, around)),
    ],
    hasObjects:
      objects.deployments.length +
        objects.statefulSets.length +
        objects.cronJobs.length +
        objects.jobs.length +
        objects.pods.length >
      0,
  };
}

/** Pods of services. Those of Jobs are not counted: they are meant to end. */
function summarisePods(
  objects: WorkloadObjects,
  events: Event[],
): WorkloadEnvironment['pods'] {
  const pods = objects.pods.filter(
    pod => isActivePod(pod) && !objects.jobs.some(job => isOwnedBy(pod, job)),
  );
  const replicated = [...objects.deployments, ...objects.statefulSets];
  const wanted = replicated.reduce((sum, { spec }) => sum + spec.replicas, 0);
  const notCreated =
    pods.length < wanted
      ? [...objects.replicaSets, ...objects.statefulSets].map(controller =>
          failedCreateReason(events, controller),
        )
      : [];
  return {
    ready: pods.filter(isReadyPod).length,
    total: Math.max(pods.length, wanted),
    reasons: mostFrequentFirst([
      ...pods.filter(pod => !isReadyPod(pod)).map(podReason),
      ...notCreated,
    ]),
  };
}

function mostFrequentFirst(reasons: Array<string | undefined>): string[] {
  const counts = new Map<string, number>();
  for (const reason of reasons) {
    if (reason) {
      counts.set(reason, (counts.get(reason) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([reason]) => reason);
}

function newestImage(objects: WorkloadObjects): string | undefined {
  const [newest] = [
    ...[...objects.deployments, ...objects.statefulSets].map(
      ({ metadata, spec }) => ({ metadata, template: spec.template }),
    ),
    ...objects.cronJobs.map(({ metadata, spec }) => ({
      metadata,
      template: spec.jobTemplate.spec.template,
    })),
  ].sort(newestFirst);
  return newest?.template.spec.containers[0]?.image;
}
