import type { ClusterCapacity } from '@internal/plugin-ml-platform-common';
import {
  addRequests,
  gpuAmounts,
  isFinishedPod,
  NO_REQUESTS,
  nodeFacts,
  nodeOfPod,
  podRequests,
  wholeGpus,
  type NodeFacts,
  type ResourceRequests,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';

/** Sum of the requests of unfinished pods. */
export type PodRequestSum = ResourceRequests & { pods: number };

/** Counts of pods without a node. */
type WaitingPods = ClusterCapacity['waiting'];

const NO_PODS: PodRequestSum = { ...NO_REQUESTS, pods: 0 };

/**
 * Capacity of a cluster's nodes and the resources that their pods request. Kept as one sum per node, so that a change
 * of a pod costs one addition.
 */
export class ClusterSums {
  readonly #poolLabels: string[];
  readonly #nodes = new Map<string, NodeFacts>();
  /** Sums by node name. Includes nodes that are not known yet: pods and nodes arrive in any order. */
  readonly #requested = new Map<string, PodRequestSum>();
  #waiting: PodRequestSum = NO_PODS;
  #waitingForGpus = 0;

  constructor({ poolLabels }: { poolLabels: string[] }) {
    this.#poolLabels = poolLabels;
  }

  node(name: string): NodeFacts | undefined {
    return this.#nodes.get(name);
  }

  nodes(): Array<{ facts: NodeFacts; requested: PodRequestSum }> {
    return [...this.#nodes].map(([name, facts]) => ({
      facts,
      requested: this.#requested.get(name) ?? NO_PODS,
    }));
  }

  waiting(): WaitingPods {
    const { pods, gpus } = this.#waiting;
    return {
      pods,
      gpuPods: this.#waitingForGpus,
      gpus: wholeGpus(gpus),
      gpuAmounts: gpuAmounts(gpus),
    };
  }

  addNode(node: StoredObject): void {
    const facts = nodeFacts(node, this.#poolLabels);
    if (facts) {
      this.#nodes.set(node.metadata.name, facts);
    }
  }

  removeNode(node: StoredObject): void {
    this.#nodes.delete(node.metadata.name);
  }

  addPod(pod: StoredObject): void {
    this.#count(pod, 1);
  }

  removePod(pod: StoredObject): void {
    this.#count(pod, -1);
  }

  #count(pod: StoredObject, sign: 1 | -1) {
    if (isFinishedPod(pod)) {
      return;
    }
    const requests = podRequests(pod);
    const node = nodeOfPod(pod);
    if (node === undefined) {
      this.#waiting = {
        ...addRequests(this.#waiting, requests, sign),
        pods: this.#waiting.pods + sign,
      };
      this.#waitingForGpus += Object.keys(requests.gpus).length > 0 ? sign : 0;
      return;
    }
    const before = this.#requested.get(node) ?? NO_PODS;
    const pods = before.pods + sign;
    if (pods === 0) {
      this.#requested.delete(node);
    } else {
      this.#requested.set(node, {
        ...addRequests(before, requests, sign),
        pods,
      });
    }
  }
}
