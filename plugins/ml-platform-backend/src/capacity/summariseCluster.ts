import type {
  ClusterCapacity,
  GpuCapacity,
  NodePool,
  ResourceAmounts,
} from '@internal/plugin-ml-platform-common';
import type { NodeFacts } from '@internal/plugin-ml-platform-node';
import type { ClusterSums, Requested } from './ClusterSums';
import { groupBy } from '../views/groupBy';

interface Node {
  facts: NodeFacts;
  requested: Requested;
}

/** A cluster's node pools, by name. */
export function summariseCluster(
  cluster: string,
  sums: ClusterSums,
): ClusterCapacity {
  const nodes = sums.nodes();
  return {
    cluster,
    pools: [...groupBy(nodes, ({ facts }) => facts.pool)]
      .sort(([a], [b]) => a.localeCompare(b))
      .map(([name, members]) => summarisePool(name, members)),
    gpus: summariseGpus(nodes),
    waiting: sums.waiting(),
  };
}

function summarisePool(name: string, nodes: Node[]): NodePool {
  const count = (fits: (facts: NodeFacts) => boolean) =>
    nodes.filter(({ facts }) => fits(facts)).length;
  const ready = count(facts => facts.ready);
  const spot = count(facts => facts.spot);
  const cpu = amounts(nodes, 'millicores');
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
    memory: amounts(nodes, 'memory'),
    pods: amounts(nodes, 'pods'),
    gpus: summariseGpus(nodes),
  };
}

function summariseGpus(nodes: Node[]): GpuCapacity[] {
  const withGpus = nodes.filter(({ facts }) => facts.allocatable.gpus > 0);
  return [...groupBy(withGpus, ({ facts }) => facts.gpuProduct)]
    .sort(([a = ''], [b = '']) => a.localeCompare(b))
    .map(([product, members]) => ({
      product,
      ...amounts(members, 'gpus'),
      largest: Math.max(...members.map(node => freeOn(node, 'gpus'))),
    }));
}

function amounts(nodes: Node[], resource: keyof Requested): ResourceAmounts {
  const sum = (of: (node: Node) => number) =>
    nodes.reduce((total, node) => total + of(node), 0);
  return {
    allocatable: sum(({ facts }) => facts.allocatable[resource]),
    requested: sum(({ requested }) => requested[resource]),
    free: sum(node => freeOn(node, resource)),
  };
}

/** A node without room for another pod has nothing free, whatever else it has left. */
function freeOn({ facts, requested }: Node, resource: keyof Requested): number {
  const takesPods =
    facts.ready && !facts.cordoned && requested.pods < facts.allocatable.pods;
  return takesPods
    ? Math.max(0, facts.allocatable[resource] - requested[resource])
    : 0;
}
