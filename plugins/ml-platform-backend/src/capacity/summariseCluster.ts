import type {
  ClusterCapacity,
  GpuCapacity,
  NodePool,
  ResourceAmounts,
} from '@internal/plugin-ml-platform-common';
import type { NodeFacts } from '@internal/plugin-ml-platform-node';
import type { ClusterSums, PodRequestSum } from './ClusterSums';

interface NodeUsage {
  facts: NodeFacts;
  requested: PodRequestSum;
}

/** Sums up a cluster by node pool and by GPU product. */
export function summariseCluster(
  cluster: string,
  sums: ClusterSums,
): ClusterCapacity {
  const nodes = sums.nodes();
  return {
    cluster,
    pools: [...Map.groupBy(nodes, ({ facts }) => facts.pool)]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, members]) => summarisePool(name, members)),
    gpus: summariseGpus(nodes),
    waiting: sums.waiting(),
  };
}

function summarisePool(name: string, nodes: NodeUsage[]): NodePool {
  const count = (predicate: (facts: NodeFacts) => boolean) =>
    nodes.filter(({ facts }) => predicate(facts)).length;
  const ready = count(facts => facts.ready);
  const spot = count(facts => facts.spot);
  const cpu = resourceAmounts(nodes, 'millicores');
  return {
    name,
    nodes: {
      total: nodes.length,
      ready,
      notReady: nodes.length - ready,
      cordoned: count(facts => facts.cordoned),
      spot,
    },
    spotShare: Math.round((spot / nodes.length) * 10_000) / 10_000,
    cpu: {
      allocatable: cpu.allocatable / 1000,
      requested: cpu.requested / 1000,
      free: cpu.free / 1000,
    },
    memory: resourceAmounts(nodes, 'memory'),
    pods: resourceAmounts(nodes, 'pods'),
    gpus: summariseGpus(nodes),
  };
}

function summariseGpus(nodes: NodeUsage[]): GpuCapacity[] {
  const withGpus = nodes.filter(({ facts }) => facts.allocatable.gpus > 0);
  return [...Map.groupBy(withGpus, ({ facts }) => facts.gpuProduct)]
    .sort(([a = ''], [b = '']) => a.localeCompare(b))
    .map(([product, members]) => ({
      product,
      ...resourceAmounts(members, 'gpus'),
      largest: Math.max(...members.map(node => freeOn(node, 'gpus'))),
    }));
}

function resourceAmounts(
  nodes: NodeUsage[],
  resource: keyof PodRequestSum,
): ResourceAmounts {
  const sum = (valueOf: (node: NodeUsage) => number) =>
    nodes.reduce((total, node) => total + valueOf(node), 0);
  return {
    allocatable: sum(({ facts }) => facts.allocatable[resource]),
    requested: sum(({ requested }) => requested[resource]),
    free: sum(node => freeOn(node, resource)),
  };
}

/** Returns the free amount on a node: 0 when it takes no more pods. */
function freeOn(
  { facts, requested }: NodeUsage,
  resource: keyof PodRequestSum,
): number {
  const takesPods =
    facts.ready && !facts.cordoned && requested.pods < facts.allocatable.pods;
  return takesPods
    ? Math.max(0, facts.allocatable[resource] - requested[resource])
    : 0;
}
