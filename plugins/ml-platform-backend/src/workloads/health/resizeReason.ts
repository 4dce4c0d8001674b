import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses, type Pod } from '@internal/plugin-ml-platform-node';
import { asSentence } from './formatting';

/**
 * Reason why a running pod does not get the resources that it was resized to.
 *
 * @see kubernetes/kubernetes v1.36 pkg/kubelet/allocation/allocation_manager.go, pkg/apis/core/types.go
 * (`PodResizePending`: `Deferred`, `Infeasible`; `PodResizeInProgress`: `Error`)
 */
export function resizeReason({ status }: Pod): HealthReason | undefined {
  const condition = status.conditions?.find(
    ({ type, status: value, reason }) =>
      value === 'True' &&
      (type === 'PodResizePending' ||
        (type === 'PodResizeInProgress' && reason === 'Error')),
  );
  if (!condition) {
    return undefined;
  }
  const { reason, message } = condition;
  const details = message ? ` ${asSentence(redactAddresses(message))}` : '';
  const since = condition.lastTransitionTime;
  switch (reason) {
    case 'Infeasible':
      return {
        code: 'insufficient-resources',
        text: `The pod runs with its old resources: its node can never give it the new ones.${details} Request less, or let the pod be created again on another node.`,
        since,
      };
    case 'Error':
      return {
        code: 'insufficient-resources',
        text: `The pod runs with its old resources: the resize failed.${details} Kubernetes will retry.`,
        since,
      };
    default:
      return {
        code: 'insufficient-resources',
        text: `The pod runs with its old resources until its node has room for the new ones.${details}`,
        since,
      };
  }
}
