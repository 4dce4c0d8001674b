import { reconcileCronJobs } from './cronJobs';
import { reconcileDaemonSets } from './daemonSets';
import { reconcileDeployments } from './deployments';
import { reconcileEndpoints } from './endpoints';
import { reconcileExternalSecrets } from './externalSecrets';
import { collectGarbage } from './garbageCollector';
import { reconcileJobs } from './jobs';
import { reconcilePodStatuses } from './kubelet';
import { reconcileNamespaceDefaults } from './namespaceDefaults';
import { reconcileResourceQuotas } from './resourceQuotas';
import { reconcileReplicaSets } from './replicaSets';
import { schedulePods } from './scheduler';
import { reconcileStaticStatuses } from './staticStatuses';
import { reconcileStatefulSets } from './statefulSets';
import { type Controller } from './ReconcileContext';
import { expireEvents } from './events';

export { ControllerLoop } from './ControllerLoop';
export { createCluster } from './createCluster';
export { ClusterState } from './ClusterState';

/** Creates all controllers, ordered so that one pass carries a change from workloads to pods. */
export function createControllers(): Controller[] {
  return [
    reconcileNamespaceDefaults,
    reconcileStaticStatuses,
    reconcileExternalSecrets,
    reconcileCronJobs,
    reconcileJobs,
    reconcileDeployments,
    reconcileReplicaSets,
    reconcileStatefulSets,
    reconcileDaemonSets,
    schedulePods,
    reconcilePodStatuses,
    reconcileEndpoints,
    collectGarbage,
    reconcileResourceQuotas,
    expireEvents,
  ];
}
