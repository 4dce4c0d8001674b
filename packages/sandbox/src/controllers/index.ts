import type { FinishedJobs } from './FinishedJobs';
import { reconcileCronJobs } from './cronJobs';
import { reconcileDaemonSets } from './daemonSets';
import { reconcileDeployments } from './deployments';
import { collectGarbage } from './garbageCollector';
import { reconcileJobs } from './jobs';
import { runPods } from './kubelet';
import { countQuotas } from './quota';
import { reconcileReplicaSets } from './replicaSets';
import { schedulePods } from './scheduler';
import { keepSimpleStatuses } from './simpleStatuses';
import { reconcileStatefulSets } from './statefulSets';
import { type Controller, expireEvents } from './World';

export { ControllerLoop } from './ControllerLoop';
export { createCluster } from './cluster';
export { FinishedJobs } from './FinishedJobs';

/** The controllers, in the order in which a change travels: from what is asked for to what runs. */
export function createControllers(finishedJobs: FinishedJobs): Controller[] {
  return [
    keepSimpleStatuses,
    reconcileCronJobs,
    reconcileJobs(finishedJobs),
    reconcileDeployments,
    reconcileReplicaSets,
    reconcileStatefulSets,
    reconcileDaemonSets,
    schedulePods,
    runPods,
    collectGarbage,
    countQuotas,
    expireEvents,
  ];
}
