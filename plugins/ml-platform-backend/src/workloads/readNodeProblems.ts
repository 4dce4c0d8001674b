import {
  parseStoredObjects,
  type ClusterStore,
  type Pod,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import type { NodeProblem, PodContext } from './health/PodContext';

/**
 * Reads the problems of the nodes of pods that are not ready. Without such pods no node is read: a cluster can have
 * thousands.
 */
export async function readNodeProblems(
  store: ClusterStore,
  cluster: string,
  pods: Pod[],
): Promise<PodContext['nodeProblem']> {
  const names = new Set(
    pods.filter(mayBeLost).flatMap(({ spec }) => spec.nodeName ?? []),
  );
  if (names.size === 0) {
    return () => undefined;
  }
  const { items, asOf } = await store.list(cluster, 'nodes');
  const nodes = new Map(
    items
      .filter(({ metadata }) => names.has(metadata.name))
      .map(node => [node.metadata.name, node]),
  );
  return name => {
    const node = nodes.get(name);
    const problem = nodeProblem(node);
    // Without any node, the portal may not read nodes.
    if (problem === 'removed' && (asOf === undefined || items.length === 0)) {
      return undefined;
    }
    return node && readyStatus(node) === 'True' ? 'none' : problem;
  };
}

/**
 * Problem of a node; undefined when it is ready or has not reported a condition.
 *
 * @see kubernetes/kubernetes v1.36 pkg/controller/nodelifecycle/node_lifecycle_controller.go
 */
export function nodeProblem(
  node: StoredObject | undefined,
): NodeProblem | undefined {
  if (!node) {
    return 'removed';
  }
  switch (readyStatus(node)) {
    case undefined:
    case 'True':
      return undefined;
    case 'Unknown':
      return 'unreachable';
    default:
      return 'not-ready';
  }
}

function readyStatus(node: StoredObject): string | undefined {
  const [parsed] = parseStoredObjects('nodes', [node]);
  return parsed?.status.conditions.find(({ type }) => type === 'Ready')?.status;
}

function mayBeLost({ metadata, status }: Pod): boolean {
  return (
    metadata.deletionTimestamp !== undefined ||
    (status.phase !== 'Succeeded' &&
      status.phase !== 'Failed' &&
      !status.conditions?.some(
        ({ type, status: value }) => type === 'Ready' && value === 'True',
      ))
  );
}
