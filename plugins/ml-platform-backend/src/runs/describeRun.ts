import {
  KUBERNETES_ID_LABEL,
  RUN_LABEL,
} from '@internal/plugin-ml-platform-common';
import type { CronJob, Job, Pod } from '@internal/plugin-ml-platform-node';
import { jobState, type JobState } from '../workloads/health/jobState';
import { queueReason } from '../workloads/health/queueReason';
import type { NamespaceContext } from '../workloads/health/NamespaceContext';
import type { DeletedPod } from './DeletedPods';
import { podUse, secondsBetween, type PodUse } from './podUse';
import { MAX_PODS, UNFINISHED, type RunRecord } from './RunRecord';

/** What a run is described from. */
export interface RunFacts {
  job: Job;
  team: string;
  environment: string;
  cluster: string;
  namespace: string;
  /** The Job's own, that are still there. */
  pods: Pod[];
  /** The Job's own, that are gone. */
  gone: DeletedPod;
  around: NamespaceContext;
  cronJobs: CronJob[];
  /** ISO 8601, of the cluster's clock: until when a run that has not ended has taken. */
  now: string;
  /** When the Job was found to be gone, of our clock. */
  removedAt?: string;
}

/** A Job is a run when it says so, or when a CronJob made it. */
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
  const there = new Set(uses.map(({ uid }) => uid));
  const all = [
    ...facts.gone.pods.filter(({ uid }) => !there.has(uid)),
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
      facts.gone.otherGpuSeconds +
      all.reduce((sum, { gpuSeconds }) => sum + gpuSeconds, 0),
    retries: summary.failures,
    exitCode: summary.state === 'Succeeded' ? 0 : lastFailure(all, isFailed),
    removedAt,
    pods: all.slice(-MAX_PODS),
    otherGpuSeconds: facts.gone.otherGpuSeconds,
  };
}

/** The words for CronJobs are not among those of a Job. */
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

/** While a run goes on, the failure of an earlier try is told as well. */
function lastFailure(pods: PodUse[], isOver: boolean): number | undefined {
  const failed = pods.filter(({ exitCode }) => exitCode);
  const last = (failed.length > 0 || !isOver ? failed : pods).at(-1);
  return last?.exitCode;
}

function byStart(a: PodUse, b: PodUse): number {
  // Not started yet: last.
  return (a.startedAt ?? '~').localeCompare(b.startedAt ?? '~');
}
