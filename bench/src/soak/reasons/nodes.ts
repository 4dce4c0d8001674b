import type { RealCluster } from '../RealCluster';
import { LOST_NODE, STAND_IN_NODE } from './completeObject';
import type { KubectlApply } from './KubectlApply';

const STAND_IN_LABEL = 'simulation.ml-platform.io/stand-in';
/** The controller manager counts a node as lost after 50 s without its lease. */
const RENEW_EVERY_MS = 10_000;

/**
 * Adds the two nodes whose kubelet is the soak, cordoned so that only pods that name them run there: one whose lease is
 * renewed, and one that falls silent.
 *
 * @returns a function that ends the renewal.
 */
export async function addNodes(
  kubectl: KubectlApply,
  cluster: RealCluster,
): Promise<() => void> {
  const names = [STAND_IN_NODE, LOST_NODE];
  await kubectl.apply(names.map(nodeOf));
  for (const name of names) {
    await kubectl.writeStatus('node', name, readyStatus());
  }
  const timer = setInterval(() => {
    cluster
      .send('PATCH', `/api/v1/nodes/${STAND_IN_NODE}/status`, {
        status: readyStatus(),
      })
      // The next renewal follows soon.
      .catch(() => undefined);
  }, RENEW_EVERY_MS);
  return () => clearInterval(timer);
}

function nodeOf(name: string): object {
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name,
      labels: { [STAND_IN_LABEL]: 'true', 'kubernetes.io/hostname': name },
    },
    spec: { unschedulable: true },
  };
}

function readyStatus(): object {
  const now = new Date().toISOString();
  const capacity = { cpu: '64', memory: '256Gi', pods: '500' };
  return {
    capacity,
    allocatable: capacity,
    conditions: [
      {
        type: 'Ready',
        status: 'True',
        reason: 'KubeletReady',
        message: 'kubelet is posting ready status',
        lastHeartbeatTime: now,
        lastTransitionTime: now,
      },
    ],
  };
}
