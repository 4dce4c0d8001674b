import {
  namespaceName,
  type Environment,
  type HealthReason,
  type JobSummary,
  type WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type { KueueWorkload } from '@internal/plugin-ml-platform-node';
import { applicationState } from './health/applicationState';
import { healthOf } from './health/healthOf';
import type { JobState } from './health/jobState';
import { queueReason, type QueuePosition } from './health/queueReason';
import type { NamespaceWorkload } from './NamespaceWorkloads';
import type { DeployedApplication } from './TeamApplications';

interface EnvironmentState {
  summary: WorkloadEnvironment;
  jobs: JobSummary[];
}

interface EnvironmentStateOptions {
  team: string;
  environment: Environment;
  /** Undefined while the team has no namespace in the environment. */
  namespace: string | undefined;
  /** Undefined when the namespace has no objects of the workload. */
  objects: NamespaceWorkload | undefined;
  application: DeployedApplication | undefined;
  /** Queue positions by the uid of Kueue's Workload. */
  positions: ReadonlyMap<string, QueuePosition>;
  /** Decides which sync windows are open. */
  now: Date;
}

/** Combines what Argo CD and the cluster report about a workload in one environment. */
export function environmentState(
  options: EnvironmentStateOptions,
): EnvironmentState {
  const { team, environment, objects, application, positions } = options;
  const { name, cluster } = environment;
  const namespace = options.namespace ?? namespaceName(team, environment);
  const queueReasons = (objects?.service.queued ?? []).map(workload =>
    positionedQueueReason(workload, positions),
  );
  const podReasons = [...(objects?.service.podReasons ?? []), ...queueReasons];
  const jobReasons = (objects?.healthRelevantJobs ?? []).flatMap(job =>
    reasonsOfJob(job, positions),
  );
  const health = healthOf(
    addApplicationReasons(
      [
        ...podReasons,
        ...(objects?.service.rolloutReasons ?? []),
        ...jobReasons,
      ],
      options,
    ),
  );
  return {
    summary: {
      environment: name,
      cluster,
      namespace,
      application: application?.summary,
      image: objects?.image,
      pods: {
        ready: objects?.service.ready ?? 0,
        total: objects?.service.total ?? 0,
        reasons: healthOf(podReasons).reasons.map(({ text }) => text),
      },
      health,
      rollouts: objects?.service.rollouts ?? [],
    },
    jobs: (objects?.jobs ?? []).map(job => {
      const reasons = reasonsOfJob(job, positions);
      return {
        ...job.summary,
        environment: name,
        cluster,
        reason: reasons[0]?.text,
        ...(reasons.length > 0 && { reasons }),
      };
    }),
  };
}

/** Adds what Argo CD knows. Its health of what the portal judges itself lags behind, so it counts only without another reason. */
function addApplicationReasons(
  reasons: HealthReason[],
  { environment, objects, application, now }: EnvironmentStateOptions,
): HealthReason[] {
  if (!application) {
    return objects
      ? reasons
      : [
          {
            code: 'not-deployed',
            text: `Nothing is deployed in ${environment.name}.`,
          },
        ];
  }
  const known = [...application.reasons, ...reasons];
  return [
    ...known,
    ...applicationState(application.application, {
      hasObjects: objects !== undefined,
      known,
      syncWindows: application.syncWindows,
      now,
    }),
  ];
}

function reasonsOfJob(
  { summary, reasons, queued }: JobState,
  positions: ReadonlyMap<string, QueuePosition>,
): HealthReason[] {
  return queued
    ? [
        {
          ...positionedQueueReason(queued, positions),
          object: { kind: summary.kind, name: summary.name },
        },
      ]
    : reasons;
}

function positionedQueueReason(
  workload: KueueWorkload,
  positions: ReadonlyMap<string, QueuePosition>,
): HealthReason {
  return queueReason(workload, positions.get(workload.metadata.uid ?? ''));
}
