import {
  KUBERNETES_ID_LABEL,
  RUN_LABEL,
} from '@internal/plugin-ml-platform-common';
import type { CronJob, Job, Pod } from '@internal/plugin-ml-platform-node';
import { jobState, type JobState } from '../workloads/health/jobState';
import {
  queueReason,
  type QueuePosition,
} from '../workloads/health/queueReason';
import type { NamespaceContext } from '../workloads/health/NamespaceContext';
import type { DeletedPodUse } from './DeletedPods';
import { podUse, secondsBetween, type PodUse } from './podUse';
import { MAX_PODS, UNFINISHED, type RunRecord } from './RunRecord';

/** The objects and times that describe a run. */
export interface RunFacts {
  job: Job;
  team: string;
  environment: string;
  cluster: string;
  namespace: string;
  /** Existing pods of the Job. */
  pods: Pod[];
  /** Recorded use (times, GPU seconds) of deleted pods of the Job. */
  deletedPods: DeletedPodUse;
  /** Objects of the namespace that explain the state of the Job. */
  context: NamespaceContext;
  cronJobs: CronJob[];
  /** Places in Kueue's queues, by the uid of Kueue's Workload. Absent: not known. */
  positions?: ReadonlyMap<string, QueuePosition>;
  /** Current time by the cluster's clock, ISO 8601: the end of the duration of a run that has not ended. */
  now: string;
  /** Time by the portal's clock at which the deletion of the Job was seen, ISO 8601; absent while the Job exists. */
  removedAt?: string;
}

/** Returns true for a training run: a Job with `RUN_LABEL`, or created by a CronJob. */
export function isRun({ metadata }: Job): boolean {
  return (
    metadata.labels?.[RUN_LABEL] !== undefined ||
    scheduledBy(metadata) !== undefined
  );
}

/** Describes a training run from its Job, its existing pods and the recorded use of its deleted pods. */
export function describeRun(facts: RunFacts): RunRecord {
  const { job, team, environment, cluster, namespace, now, removedAt } = facts;
  const { metadata } = job;
  const { summary, reasons, queued } = jobState(job, facts.context);
  const place = queued && facts.positions?.get(queued.metadata.uid ?? '');
  const [reason] = queued ? [queueReason(queued, place)] : reasons;
  const existingPods = facts.pods.map(pod => podUse(pod, now));
  const existingUids = new Set(existingPods.map(({ uid }) => uid));
  const allPods = [
    ...facts.deletedPods.pods.filter(({ uid }) => !existingUids.has(uid)),
    ...existingPods,
  ].sort(byStart);
  const isRemoved =
    removedAt !== undefined && UNFINISHED.some(each => each === summary.state);
  const endedAt =
    summary.completedAt ?? (isRemoved ? lastEnd(allPods) : undefined);
  const isFailed = summary.state === 'Failed' || isRemoved;
  return {
    id: metadata.uid ?? '',
    name: metadata.name,
    run: metadata.labels?.[RUN_LABEL],
    scheduledBy: scheduledBy(metadata),
    team,
    workload: componentOf(job, facts.cronJobs),
    environment,
    cluster,
    namespace,
    state: isRemoved ? 'Removed' : stateOf(summary.state),
    reason: isRemoved ? 'Its Job was deleted before it ended.' : reason?.text,
    queue: place && {
      name: place.queue,
      position: place.position,
      length: place.length,
    },
    image: job.spec.template.spec.containers[0]?.image,
    createdAt: metadata.creationTimestamp,
    startedAt: summary.startedAt,
    endedAt,
    durationSeconds: secondsBetween(summary.startedAt, endedAt ?? now),
    gpus: summary.gpus,
    gpuAmounts: summary.gpuAmounts,
    gpuSeconds:
      facts.deletedPods.otherGpuSeconds +
      allPods.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0),
    sliceSeconds:
      facts.deletedPods.otherSliceSeconds +
      allPods.reduce((sum, { sliceSeconds }) => sum + sliceSeconds, 0),
    retries: summary.failures,
    exitCode:
      summary.state === 'Succeeded' ? 0 : lastFailure(allPods, isFailed),
    removedAt,
    observedAt: now,
    pods: allPods.slice(-MAX_PODS),
    otherGpuSeconds: facts.deletedPods.otherGpuSeconds,
    otherSliceSeconds: facts.deletedPods.otherSliceSeconds,
  };
}

/** `Scheduled` is a state of CronJobs only. */
function stateOf(state: JobState['summary']['state']): RunRecord['state'] {
  return state === 'Scheduled' ? 'Pending' : state;
}

function scheduledBy({ ownerReferences }: Job['metadata']): string | undefined {
  return ownerReferences?.find(({ kind }) => kind === 'CronJob')?.name;
}

/** Name of the catalog component: from the label of the Job, or else of its CronJob. */
function componentOf(job: Job, cronJobs: CronJob[]): string | undefined {
  const own = job.metadata.labels?.[KUBERNETES_ID_LABEL];
  const owner = cronJobs.find(
    ({ metadata }) =>
      metadata.namespace === job.metadata.namespace &&
      metadata.name === scheduledBy(job.metadata),
  );
  return own ?? owner?.metadata.labels?.[KUBERNETES_ID_LABEL];
}

/** Time at which the last pod ended; undefined while a started pod has not ended. */
function lastEnd(pods: PodUse[]): string | undefined {
  return pods.every(({ endedAt, startedAt }) => endedAt || !startedAt)
    ? pods
        .flatMap(({ endedAt }) => endedAt ?? [])
        .sort()
        .at(-1)
    : undefined;
}

/** Exit code of the last failed pod; while the run is active, that of an earlier attempt. */
function lastFailure(pods: PodUse[], isOver: boolean): number | undefined {
  const failed = pods.filter(({ exitCode }) => exitCode);
  const last = (failed.length > 0 || !isOver ? failed : pods).at(-1);
  return last?.exitCode;
}

function byStart(a: PodUse, b: PodUse): number {
  // Pods that have not started come last.
  return (a.startedAt ?? '~').localeCompare(b.startedAt ?? '~');
}
