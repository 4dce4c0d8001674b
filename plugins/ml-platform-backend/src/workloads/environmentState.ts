import {
  namespaceName,
  type Environment,
  type HealthReason,
  type JobSummary,
  type WorkloadEnvironment,
} from '@internal/plugin-ml-platform-common';
import type { KueueWorkload } from '@internal/plugin-ml-platform-node';
import {
  applicationReasons,
  applicationState,
} from './health/applicationReasons';
import { healthOf } from './health/healthOf';
import type { JobState } from './health/jobState';
import { queueReason, type QueuePosition } from './health/queueReason';
import type { NamespaceWorkload } from './NamespaceWorkloads';
import type { DeployedApplication } from './TeamApplications';

export interface EnvironmentState {
  summary: WorkloadEnvironment;
  jobs: JobSummary[];
}

interface Parts {
  team: string;
  environment: Environment;
  namespace: string | undefined;
  objects: NamespaceWorkload | undefined;
  application: DeployedApplication | undefined;
  positions: ReadonlyMap<string, QueuePosition>;
}

/** One workload in one environment: what Argo CD and the cluster say, together. */
export function environmentState(parts: Parts): EnvironmentState {
  const { team, environment, objects, application, positions } = parts;
  const { name, cluster } = environment;
  const namespace = parts.namespace ?? namespaceName(team, environment);
  const queued = (objects?.service.queued ?? []).map(workload =>
    queueStatus(workload, positions),
  );
  const podReasons = [...(objects?.service.podReasons ?? []), ...queued];
  const jobReasons = (objects?.telling ?? []).flatMap(job =>
    reasonsOf(job, positions),
  );
  const health = healthOf(
    withApplication(
      [
        ...podReasons,
        ...(objects?.service.rolloutReasons ?? []),
        ...jobReasons,
      ],
      parts,
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
      const reasons = reasonsOf(job, positions);
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

/** The objects tell more than Argo CD's health of them, which comes later and without a reason. */
function withApplication(
  reasons: HealthReason[],
  { environment, objects, application }: Parts,
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
  const all = [...applicationReasons(application.summary), ...reasons];
  const state = applicationState(application.summary);
  if (all.length > 0) {
    return all;
  }
  return objects
    ? state.filter(
        ({ code }) =>
          code === 'argocd-health' ||
          application.summary.operation?.phase === 'Running',
      )
    : state;
}

function reasonsOf(
  { summary, reasons, queued }: JobState,
  positions: ReadonlyMap<string, QueuePosition>,
): HealthReason[] {
  return queued
    ? [
        {
          ...queueStatus(queued, positions),
          object: { kind: summary.kind, name: summary.name },
        },
      ]
    : reasons;
}

function queueStatus(
  workload: KueueWorkload,
  positions: ReadonlyMap<string, QueuePosition>,
): HealthReason {
  return queueReason(workload, positions.get(workload.metadata.uid ?? ''));
}
