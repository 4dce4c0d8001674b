import type { KubernetesObject } from './KubernetesObject';

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
