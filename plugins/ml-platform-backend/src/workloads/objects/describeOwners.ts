import type {
  Autoscaler,
  WorkloadOwner,
} from '@internal/plugin-ml-platform-common';
import type {
  HorizontalPodAutoscaler,
  WithMetadata,
} from '@internal/plugin-ml-platform-node';
import { argoRollout } from '../health/argoRollout';
import type { OwnedObjects } from '../health/OwnedObjects';
import {
  daemonSetRollout,
  deploymentRollout,
  statefulSetRollout,
} from '../health/rollouts';

/** Lists the controllers of a workload, owners before what they own. ReplicaSets that run nothing and own no pod are left out. */
export function describeOwners(objects: OwnedObjects): WorkloadOwner[] {
  const owning = new Set(
    objects.pods.flatMap(({ metadata }) =>
      (metadata.ownerReferences ?? []).map(({ uid }) => uid),
    ),
  );
  const owners = (kind: string, controllers: WithMetadata[]): WorkloadOwner[] =>
    controllers.map(({ metadata }) => ({
      id: metadata.uid ?? `${kind}/${metadata.name}`,
      kind,
      name: metadata.name,
      owner: metadata.ownerReferences?.[0]?.uid,
      createdAt: metadata.creationTimestamp,
    }));
  const replicated = (
    kind: string,
    controllers: WithMetadata[],
    rollouts: Array<{ desired: number; text: string }>,
  ) =>
    owners(kind, controllers).map((owner, index) => ({
      ...owner,
      desired: rollouts[index].desired,
      text: rollouts[index].text,
    }));
  const { deployments, statefulSets, daemonSets, rollouts } = objects;
  return [
    ...replicated(
      'Deployment',
      deployments,
      deployments.map(deploymentRollout),
    ),
    ...replicated(
      'StatefulSet',
      statefulSets,
      statefulSets.map(statefulSetRollout),
    ),
    ...replicated('DaemonSet', daemonSets, daemonSets.map(daemonSetRollout)),
    ...replicated('Rollout', rollouts, rollouts.map(argoRollout)),
    ...owners(
      'ReplicaSet',
      objects.replicaSets.filter(
        ({ metadata, spec }) =>
          spec.replicas > 0 || owning.has(metadata.uid ?? ''),
      ),
    ),
    ...owners('CronJob', objects.cronJobs),
    ...owners('Job', objects.jobs),
  ];
}

/** Describes an autoscaler by the resources that it scales by. */
export function describeAutoscaler({
  metadata,
  spec,
  status,
}: HorizontalPodAutoscaler): Autoscaler {
  return {
    name: metadata.name,
    target: spec.scaleTargetRef,
    min: spec.minReplicas,
    max: spec.maxReplicas,
    current: status.currentReplicas,
    desired: status.desiredReplicas,
    metrics: spec.metrics.flatMap(({ resource }) =>
      resource?.target.averageUtilization === undefined
        ? []
        : [
            {
              resource: resource.name,
              target: resource.target.averageUtilization,
              current: status.currentMetrics.find(
                each => each.resource?.name === resource.name,
              )?.resource?.current.averageUtilization,
            },
          ],
    ),
  };
}
