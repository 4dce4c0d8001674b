import {
  count,
  field,
  items,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';

export type HealthStatus =
  | 'Healthy'
  | 'Suspended'
  | 'Progressing'
  | 'Missing'
  | 'Degraded'
  | 'Unknown';

/** Health statuses from best to worst, as in Argo CD's gitops-engine. */
const HEALTH_ORDER: HealthStatus[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

type HealthCheck = (object: KubernetesObject) => HealthStatus;

/** Built-in health checks of Argo CD 3.5 by kind. */
const HEALTH_CHECKS: Record<string, HealthCheck> = {
  Deployment: deployment,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  ReplicaSet: object =>
    progressingIfStale(object) ??
    healthyIf(
      count(object, 'status.availableReplicas') >=
        count(object, 'spec.replicas'),
    ),
  Job: job,
  CronJob: cronJob,
  Pod: pod,
  PersistentVolumeClaim: object =>
    (({ Lost: 'Degraded', Pending: 'Progressing', Bound: 'Healthy' } as const)[
      text(object, 'status.phase')
    ] ?? 'Unknown'),
  HorizontalPodAutoscaler: horizontalPodAutoscaler,
  ExternalSecret: object => {
    const ready = items(object, 'status.conditions').find(
      ({ type }) => type === 'Ready',
    );
    const isDegraded = ready?.status === 'False';
    return isDegraded ? 'Degraded' : healthyIf(ready?.status === 'True');
  },
  Ingress: hasLoadBalancer,
  Service: object =>
    field(object, 'spec.type') === 'LoadBalancer'
      ? hasLoadBalancer(object)
      : 'Healthy',
};

/** Computes the health of an object; undefined for kinds without a health check. */
export function healthOf(object: KubernetesObject): HealthStatus | undefined {
  return HEALTH_CHECKS[object.kind]?.(object);
}

/** Returns the worst of the given statuses; `Healthy` for none. */
export function worstHealth(all: HealthStatus[]): HealthStatus {
  const ranks = all.map(health => HEALTH_ORDER.indexOf(health));
  return HEALTH_ORDER[Math.max(0, ...ranks)];
}

function healthyIf(done: boolean): HealthStatus {
  return done ? 'Healthy' : 'Progressing';
}

function progressingIfStale(
  object: KubernetesObject,
): HealthStatus | undefined {
  const isBehind =
    (object.metadata.generation ?? 0) >
    count(object, 'status.observedGeneration');
  return isBehind ? 'Progressing' : undefined;
}

function hasLoadBalancer(object: KubernetesObject): HealthStatus {
  return healthyIf(items(object, 'status.loadBalancer.ingress').length > 0);
}

function deployment(object: KubernetesObject): HealthStatus {
  if (field(object, 'spec.paused')) {
    return 'Suspended';
  }
  const progressing = items(object, 'status.conditions').find(
    ({ type }) => type === 'Progressing',
  );
  if (
    !progressingIfStale(object) &&
    progressing?.reason === 'ProgressDeadlineExceeded'
  ) {
    return 'Degraded';
  }
  const updated = count(object, 'status.updatedReplicas');
  return (
    progressingIfStale(object) ??
    healthyIf(
      updated >= count(object, 'spec.replicas') &&
        count(object, 'status.replicas') <= updated &&
        count(object, 'status.availableReplicas') >= updated,
    )
  );
}

function statefulSet(object: KubernetesObject): HealthStatus {
  const strategy = field(object, 'spec.updateStrategy');
  const isSettled =
    field(strategy, 'type') === 'OnDelete' ||
    field(strategy, 'rollingUpdate') !== undefined;
  return (
    progressingIfStale(object) ??
    healthyIf(
      count(object, 'status.readyReplicas') >= count(object, 'spec.replicas') &&
        (isSettled ||
          field(object, 'status.updateRevision') ===
            field(object, 'status.currentRevision')),
    )
  );
}

function daemonSet(object: KubernetesObject): HealthStatus {
  const desired = count(object, 'status.desiredNumberScheduled');
  return (
    progressingIfStale(object) ??
    healthyIf(
      count(object, 'status.updatedNumberScheduled') >= desired &&
        count(object, 'status.numberAvailable') >= desired,
    )
  );
}

function job(object: KubernetesObject): HealthStatus {
  const conditions = items(object, 'status.conditions');
  const has = (type: string) =>
    conditions.find(condition => condition.type === type);
  if (has('Failed')) {
    return 'Degraded';
  }
  if (has('Suspended')?.status === 'True') {
    return 'Suspended';
  }
  // Argo CD, too, reports a resumed Job as healthy while it runs.
  return healthyIf(
    has('Complete') !== undefined || has('Suspended') !== undefined,
  );
}

function cronJob(object: KubernetesObject): HealthStatus {
  if (!object.status) {
    return 'Progressing';
  }
  const [last, successful] = ['lastScheduleTime', 'lastSuccessfulTime'].map(
    name => text(object, `status.${name}`),
  );
  const failedLast = last !== '' && successful !== '' && successful < last;
  const isRunning = items(object, 'status.active').length > 0;
  return failedLast && !isRunning && !field(object, 'spec.suspend')
    ? 'Degraded'
    : 'Healthy';
}

function pod(object: KubernetesObject): HealthStatus {
  const waiting = items(object, 'status.containerStatuses').map(status =>
    text(status, 'state.waiting.reason'),
  );
  if (
    waiting.some(reason =>
      /^(CrashLoopBackOff|ErrImagePull|ImagePullBackOff)$/.test(reason),
    )
  ) {
    return 'Degraded';
  }
  switch (text(object, 'status.phase')) {
    case 'Succeeded':
      return 'Healthy';
    case 'Failed':
      return 'Degraded';
    case 'Running': {
      const ready = items(object, 'status.conditions').some(
        ({ type, status }) => type === 'Ready' && status === 'True',
      );
      return healthyIf(
        ready || field(object, 'spec.restartPolicy') !== 'Always',
      );
    }
    default:
      return 'Progressing';
  }
}

function horizontalPodAutoscaler(object: KubernetesObject): HealthStatus {
  const conditions = items(object, 'status.conditions');
  const isBroken = conditions.some(({ reason }) =>
    /^(Failed(Get|Update|Compute)|InvalidSelector)/.test(String(reason)),
  );
  return isBroken
    ? 'Degraded'
    : healthyIf(
        conditions.some(
          ({ type, status }) =>
            ['AbleToScale', 'ScalingLimited'].includes(String(type)) &&
            status === 'True',
        ),
      );
}
