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

/** From best to worst, as in Argo CD's gitops-engine. */
const ORDER: HealthStatus[] = [
  'Healthy',
  'Suspended',
  'Progressing',
  'Missing',
  'Degraded',
  'Unknown',
];

type Check = (object: KubernetesObject) => HealthStatus;

/** The checks of Argo CD 3.5, for the kinds that have one; other kinds have no say. */
const CHECKS: Record<string, Check> = {
  Deployment: deployment,
  StatefulSet: statefulSet,
  DaemonSet: daemonSet,
  ReplicaSet: object =>
    observed(object) ??
    when(
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
  Ingress: hasLoadBalancer,
  Service: object =>
    field(object, 'spec.type') === 'LoadBalancer'
      ? hasLoadBalancer(object)
      : 'Healthy',
};

/** The health of one object; undefined for kinds without a check. */
export function healthOf(object: KubernetesObject): HealthStatus | undefined {
  return CHECKS[object.kind]?.(object);
}

/** The worst of all; an Application of nothing is healthy. */
export function worstHealth(all: HealthStatus[]): HealthStatus {
  return ORDER[Math.max(0, ...all.map(health => ORDER.indexOf(health)))];
}

function when(done: boolean): HealthStatus {
  return done ? 'Healthy' : 'Progressing';
}

function observed(object: KubernetesObject): HealthStatus | undefined {
  const isBehind =
    (object.metadata.generation ?? 0) >
    count(object, 'status.observedGeneration');
  return isBehind ? 'Progressing' : undefined;
}

function hasLoadBalancer(object: KubernetesObject): HealthStatus {
  return when(items(object, 'status.loadBalancer.ingress').length > 0);
}

function deployment(object: KubernetesObject): HealthStatus {
  if (field(object, 'spec.paused')) {
    return 'Suspended';
  }
  const progressing = items(object, 'status.conditions').find(
    ({ type }) => type === 'Progressing',
  );
  if (!observed(object) && progressing?.reason === 'ProgressDeadlineExceeded') {
    return 'Degraded';
  }
  const updated = count(object, 'status.updatedReplicas');
  return (
    observed(object) ??
    when(
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
    observed(object) ??
    when(
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
    observed(object) ??
    when(
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
  // A resumed Job counts as complete while it runs: a trap of the real check.
  return when(has('Complete') !== undefined || has('Suspended') !== undefined);
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
      return when(ready || field(object, 'spec.restartPolicy') !== 'Always');
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
    : when(
        conditions.some(
          ({ type, status }) =>
            ['AbleToScale', 'ScalingLimited'].includes(String(type)) &&
            status === 'True',
        ),
      );
}
