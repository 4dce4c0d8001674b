import type { HealthReason } from '@internal/plugin-ml-platform-common';
import { redactAddresses, type Pod } from '@internal/plugin-ml-platform-node';
import { asSentence, formatList } from './formatting';
import { podContainers } from './podContainers';

/** Progress of a pod that starts, or for which nothing else explains why it is not ready. */
export function progressReason(pod: Pod): HealthReason {
  const containers = podContainers(pod);
  const creating = containers.find(
    ({ status }) => status.state?.waiting?.reason === 'ContainerCreating',
  );
  if (creating) {
    return {
      code: 'starting',
      text: `Container ${creating.status.name} is being created.`,
    };
  }
  const sidecar = containers.find(
    ({ status, role }) =>
      role === 'sidecar' && status.state?.running && !status.started,
  );
  const init = containers.find(
    ({ status, role }) => role === 'init' && status.state?.running,
  );
  if (init) {
    return {
      code: 'starting',
      text: `Init container ${init.status.name} is running.`,
    };
  }
  if (sidecar) {
    return {
      code: 'starting',
      text: `Sidecar ${sidecar.status.name} has not started yet; the other containers wait for it.`,
    };
  }
  switch (pod.status.phase) {
    case 'Pending':
      return { code: 'starting', text: 'Waiting to start.' };
    case 'Running':
      return (
        readinessGateReason(pod) ?? {
          code: 'not-ready',
          text: 'Running but not ready yet.',
        }
      );
    default:
      return {
        code: 'no-status',
        text: 'The node has not reported the state of the pod yet.',
      };
  }
}

/** @see kubernetes/kubernetes v1.36 pkg/kubelet/status/generate.go (`GeneratePodReadyCondition`) */
function readinessGateReason({ spec, status }: Pod): HealthReason | undefined {
  const conditions = status.conditions ?? [];
  const isContainersReady = conditions.some(
    ({ type, status: value }) => type === 'ContainersReady' && value === 'True',
  );
  const closed = (spec.readinessGates ?? []).filter(
    ({ conditionType }) =>
      !conditions.some(
        ({ type, status: value }) => type === conditionType && value === 'True',
      ),
  );
  if (!isContainersReady || closed.length === 0) {
    return undefined;
  }
  const message = conditions.find(
    ({ type }) => type === closed[0].conditionType,
  )?.message;
  return {
    code: 'not-ready',
    text: `Its containers are ready, but the readiness gate ${formatList(
      closed.map(({ conditionType }) => conditionType),
    )} is not: ${
      message
        ? asSentence(redactAddresses(message))
        : 'its controller has not set it. Check the controller that the gate belongs to, for example the load balancer.'
    }`,
  };
}
