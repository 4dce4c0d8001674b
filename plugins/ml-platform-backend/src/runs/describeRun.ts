import {
  KUBERNETES_ID_LABEL,
  RUN_LABEL,
} from '@internal/plugin-ml-platform-common';
import type { CronJob, Job, Pod } from '@internal/plugin-ml-platform-node';
import { jobState, type JobState } from '../workloads/health/jobState';
import { queueReason } from '../workloads/health/queueReason';
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
  /** Deleted pods of the Job. */
  deletedPods: DeletedPodUse;
  around: NamespaceContext;
  cronJobs: CronJob[];
  /** Time of the cluster's clock, ISO 8601: the duration of a run that has not ended counts until then. */
  now: string;
  /** Time of the portal's clock at which the Job was seen to be deleted. */
  removedAt?: string;
}

/** A Job is a training run if it has the label, or if a CronJob created it. */
export function isRun({ metadata }: Job): boolean {
  return (
    metadata.labels?.[RUN_LABEL] !== undefined ||
    scheduledBy(metadata) !== undefined
  );
}

export function describeRun(facts: RunFacts): RunRecord {
  const { job, team, environment, cluster, namespace, now, removedAt } = facts;
  const { metadata } = job;
  const { summary, reasons, queued } = jobState(job, facts.around);
  const [reason] = queued ? [queueReason(queued, undefined)] : reasons;
  const uses = facts.pods.map(pod => podUse(pod, now));
  const existing = new Set(uses.map(({ uid }) => uid));
  const all = [
    ...facts.deletedPods.pods.filter(({ uid }) => !existing.has(uid)),
    ...uses,
  ].sort(byStart);
  const isRemoved =
    removedAt !== undefined && UNFINISHED.some(each => each === summary.state);
  const endedAt = summary.completedAt ?? (isRemoved ? lastEnd(all) : undefined);
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
    createdAt: metadata.creationTimestamp,
    startedAt: summary.startedAt,
    endedAt,
    durationSeconds: secondsBetween(summary.startedAt, endedAt ?? now),
    gpus: summary.gpus,
    gpuSeconds:
      facts.deletedPods.otherGpuSeconds +
      all.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0),
    retries: summary.failures,
    exitCode: summary.state === 'Succeeded' ? 0 : lastFailure(all, isFailed),
    removedAt,
    observedAt: now,
    pods: all.slice(-MAX_PODS),
    otherGpuSeconds: facts.deletedPods.otherGpuSeconds,
  };
}

/** `Scheduled` is a state of CronJobs only. */
function stateOf(state: JobState['summary']['state']): RunRecord['state'] {
  return state === 'Scheduled' ? 'Pending' : state;
}

function scheduledBy({ ownerReferences }: Job['metadata']): string | undefined {
  return ownerReferences?.find(({ kind }) => kind === 'CronJob')?.name;
}

function componentOf(job: Job, cronJobs: CronJob[]): string | undefined {
  const own = job.metadata.labels?.[KUBERNETES_ID_LABEL];
  const owner = cronJobs.find(
    ({ metadata }) =>
      metadata.namespace === job.metadata.namespace &&
      metadata.name === scheduledBy(job.metadata),
  );
  return own ?? owner?.metadata.labels?.[KUBERNETES_ID_LABEL];
}

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
