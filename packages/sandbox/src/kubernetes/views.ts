import { field, items, type KubernetesObject } from './KubernetesObject';

/**
 * Converts a `v1` Event to `events.k8s.io/v1`.
 *
 * @see kubernetes/kubernetes v1.36 pkg/apis/events/v1/conversion.go
 */
export function viewEvent(event: KubernetesObject): KubernetesObject {
  const {
    involvedObject,
    message,
    source,
    firstTimestamp,
    lastTimestamp,
    count,
    reportingComponent,
    ...rest
  } = event;
  return {
    ...rest,
    apiVersion: 'events.k8s.io/v1',
    reportingController: reportingComponent,
    regarding: involvedObject,
    note: message,
    deprecatedSource: source,
    deprecatedFirstTimestamp: firstTimestamp,
    deprecatedLastTimestamp: lastTimestamp,
    deprecatedCount: count,
  };
}

/**
 * Converts an `autoscaling/v2` autoscaler to `autoscaling/v1`, which knows CPU utilization only.
 *
 * @see kubernetes/kubernetes v1.36 pkg/apis/autoscaling/v1/conversion.go
 */
export function viewAutoscaler(autoscaler: KubernetesObject): KubernetesObject {
  const { metrics, behavior, ...spec } = autoscaler.spec ?? {};
  const { currentMetrics, conditions, ...status } = autoscaler.status ?? {};
  const cpu = items(autoscaler, 'spec.metrics').find(
    metric => field(metric, 'resource.name') === 'cpu',
  );
  const target = field(cpu, 'resource.target.averageUtilization');
  return {
    ...autoscaler,
    apiVersion: 'autoscaling/v1',
    spec: {
      ...spec,
      ...(target !== undefined && { targetCPUUtilizationPercentage: target }),
    },
    status,
  };
}
