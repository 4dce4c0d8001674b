import type { HealthReason } from '@internal/plugin-ml-platform-common';
import type { Pod } from '@internal/plugin-ml-platform-node';
import { formatList, PLATFORM_TEAM_ADVICE } from './formatting';
import type { NodeProblem, PodContext } from './PodContext';

/** Time that the kubelet needs beyond the grace period to report that a pod has ended. */
const REMOVAL_SECONDS = 60;
/** Finalizers that Kubernetes removes by itself as soon as the pod has ended. */
const BUILT_IN_FINALIZERS = [
  'batch.kubernetes.io/job-tracking',
  'foregroundDeletion',
];

/**
 * Reason why a pod that is being deleted does not end, or why a pod's state is not known: its node is lost. A StatefulSet
 * replaces a pod only after its node has confirmed the end.
 *
 * @see kubernetes/kubernetes v1.36 pkg/controller/nodelifecycle/node_lifecycle_controller.go, pkg/util/node/node.go
 * (`NodeLost`, event `NodeNotReady`), pkg/controller/tainteviction
 */
export function lostPodReason(
  pod: Pod,
  context: PodContext,
): HealthReason | undefined {
  const node = nodeProblemOf(pod, context);
  const deletedAt = pod.metadata.deletionTimestamp;
  if (deletedAt === undefined) {
    return node
      ? {
          code: 'node-unreachable',
          text: `${nodeText(
            node,
          )} Kubernetes replaces the pod if the node does not come back within minutes.`,
        }
      : undefined;
  }
  const waitsFor = pod.metadata.ownerReferences?.some(
    ({ kind }) => kind === 'StatefulSet',
  )
    ? ' Nothing replaces it until then.'
    : '';
  if (node) {
    return {
      code: 'terminating',
      text: `The pod cannot be removed: ${lowerFirst(
        nodeText(node),
      )}${waitsFor} The node has to come back, or the platform team has to remove it.`,
      since: deletedAt,
    };
  }
  if (!context.clock.hasPassed(REMOVAL_SECONDS, deletedAt)) {
    return undefined;
  }
  const hasFailedHook = context
    .eventsOf(pod)
    .some(({ reason }) => reason === 'FailedPreStopHook');
  const finalizers = (pod.metadata.finalizers ?? []).filter(
    finalizer => !BUILT_IN_FINALIZERS.includes(finalizer),
  );
  return {
    code: 'terminating',
    text:
      finalizers.length > 0
        ? `The pod has ended, but the finalizer ${formatList(
            finalizers,
          )} keeps it.${waitsFor} The controller of the finalizer has to remove it. ${PLATFORM_TEAM_ADVICE}`
        : `The pod should have ended after its grace period${
            pod.metadata.deletionGracePeriodSeconds
              ? ` of ${pod.metadata.deletionGracePeriodSeconds} s`
              : ''
          }, but its node has not removed it${
            hasFailedHook ? ' (its preStop hook fails)' : ''
          }.${waitsFor} ${PLATFORM_TEAM_ADVICE}`,
    since: deletedAt,
  };
}

function nodeProblemOf(pod: Pod, context: PodContext): NodeProblem | undefined {
  const { phase, reason, conditions = [] } = pod.status;
  const isLost =
    phase === 'Unknown' ||
    reason === 'NodeLost' ||
    conditions.some(
      ({ type, reason: cause, status }) =>
        type === 'DisruptionTarget' &&
        status === 'True' &&
        cause === 'DeletionByTaintManager',
    );
  const known = pod.spec.nodeName && context.nodeProblem(pod.spec.nodeName);
  if (known === 'none') {
    // It has come back since the event, or a taint removes the pod from a node that works.
    return undefined;
  }
  if (known) {
    return known;
  }
  return isLost || context.eventsOf(pod)[0]?.reason === 'NodeNotReady'
    ? 'unreachable'
    : undefined;
}

function nodeText(problem: NodeProblem): string {
  switch (problem) {
    case 'removed':
      return 'Its node no longer exists.';
    case 'not-ready':
      return 'Its node is not ready.';
    default:
      return 'Its node is unreachable.';
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
