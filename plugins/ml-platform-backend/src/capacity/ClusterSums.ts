import {
  addRequests,
  isFinishedPod,
  NO_REQUESTS,
  nodeFacts,
  nodeOfPod,
  podRequests,
  type NodeFacts,
  type ResourceRequests,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';

export type Requested = ResourceRequests & { pods: number };

export interface Waiting {
  pods: number;
  gpuPods: number;
  gpus: number;
}

const NOTHING: Requested = { ...NO_REQUESTS, pods: 0 };

/** What a cluster's nodes have and what their pods ask for: a sum for each node, of which a pod touches one. */
export class ClusterSums {
  static create(options: { poolLabels: string[] }): ClusterSums {
    return new ClusterSums(options.poolLabels);
  }

  readonly #poolLabels: string[];
  readonly #nodes = new Map<string, NodeFacts>();
  /** By node, also of nodes that are not known yet. */
  readonly #requested = new Map<string, Requested>();
  readonly #waiting: Waiting = { pods: 0, gpuPods: 0, gpus: 0 };

  private constructor(poolLabels: string[]) {
    this.#poolLabels = poolLabels;
  }

  node(name: string): NodeFacts | undefined {
    return this.#nodes.get(name);
  }

  nodes(): Array<{ facts: NodeFacts; requested: Requested }> {
    return [...this.#nodes].map(([name, facts]) => ({
      facts,
      requested: this.#requested.get(name) ?? NOTHING,
    }));
  }

  waiting(): Waiting {
    return { ...this.#waiting };
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
      this.#waiting.pods += sign;
      this.#waiting.gpuPods += requests.gpus > 0 ? sign : 0;
      this.#waiting.gpus += sign * requests.gpus;
      return;
    }
    const before = this.#requested.get(node) ?? NOTHING;
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
