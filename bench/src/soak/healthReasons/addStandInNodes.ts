import type { RealCluster } from '../RealCluster';
import { LOST_NODE, NOT_READY_NODE, STAND_IN_NODE } from './scenarioNames';
import type { Kubectl } from './Kubectl';

const STAND_IN_LABEL = 'simulation.ml-platform.io/stand-in';
/** The controller manager marks a node as unreachable after 50 s without a renewed status. */
const RENEW_EVERY_MS = 10_000;
/** Until then the pods of the lost node have reported that they are ready. */
const LOST_AFTER_MS = 120_000;

/**
 * Adds nodes without a kubelet and renews their status, that of the lost one for two minutes only. They are cordoned, so
 * that only pods that name them run there.
 *
 * @returns a function that stops the renewal.
 */
export async function addStandInNodes(
  kubectl: Kubectl,
  cluster: RealCluster,
): Promise<() => void> {
  const nodes = [STAND_IN_NODE, NOT_READY_NODE, LOST_NODE];
  const lostAt = Date.now() + LOST_AFTER_MS;
  const write = (name: string) =>
    cluster.send('PATCH', `/api/v1/nodes/${name}/status`, {
      status: statusOf(name),
    });
  await kubectl.apply(nodes.map(nodeOf));
  await Promise.all(nodes.map(write));
  const timer = setInterval(() => {
    const renewed = nodes.filter(
      name => name !== LOST_NODE || Date.now() < lostAt,
    );
    // The next renewal follows soon.
    Promise.all(renewed.map(write)).catch(() => undefined);
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

function statusOf(name: string): object {
  const now = new Date().toISOString();
  const capacity = { cpu: '64', memory: '256Gi', pods: '500' };
  return {
    capacity,
    allocatable: capacity,
    conditions: [
      {
        type: 'Ready',
        status: name === NOT_READY_NODE ? 'False' : 'True',
        reason: name === NOT_READY_NODE ? 'KubeletNotReady' : 'KubeletReady',
        message: 'Status of the stand-in',
        lastHeartbeatTime: now,
        lastTransitionTime: now,
      },
    ],
  };
}
