import type {
  ClusterCapacity,
  GpuCapacity,
  NodePool,
  ResourceAmounts,
} from '@internal/plugin-ml-platform-common';
import { gpuDeviceOn, type NodeFacts } from '@internal/plugin-ml-platform-node';
import type { ClusterSums, PodRequestSum } from './ClusterSums';

interface NodeUsage {
  facts: NodeFacts;
  requested: PodRequestSum;
}

/** Sums up a cluster by node pool, and by sort and product of GPUs. */
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
  const cpu = resourceAmounts(nodes, ({ millicores }) => millicores);
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
    memory: resourceAmounts(nodes, ({ memory }) => memory),
    pods: resourceAmounts(nodes, ({ pods }) => pods),
    gpus: summariseGpus(nodes),
  };
}

function summariseGpus(nodes: NodeUsage[]): GpuCapacity[] {
  const devices = nodes.flatMap(node =>
    Object.keys(node.facts.allocatable.gpus).flatMap(resource => {
      const { gpuProduct: product } = node.facts;
      const device = gpuDeviceOn(resource, product);
      return device ? [{ node, product, device }] : [];
    }),
  );
  const keyOf = ({ product = '', device }: (typeof devices)[number]) =>
    `${product}\0${device.resource}`;
  return [...Map.groupBy(devices, keyOf)]
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([, members]) => {
      const [{ product, device }] = members;
      const amountOf: AmountOf = ({ gpus }) => gpus[device.resource] ?? 0;
      const withDevice = members.map(({ node }) => node);
      return {
        product,
        ...device,
        ...resourceAmounts(withDevice, amountOf),
        largest: Math.max(...withDevice.map(node => freeOn(node, amountOf))),
      };
    });
}

type AmountOf = (amounts: PodRequestSum) => number;

function resourceAmounts(
  nodes: NodeUsage[],
  amountOf: AmountOf,
): ResourceAmounts {
  const sum = (valueOf: (node: NodeUsage) => number) =>
    nodes.reduce((total, node) => total + valueOf(node), 0);
  return {
    allocatable: sum(({ facts }) => amountOf(facts.allocatable)),
    requested: sum(({ requested }) => amountOf(requested)),
    free: sum(node => freeOn(node, amountOf)),
  };
}

/** Returns the free amount on a node: 0 when it takes no more pods. */
function freeOn({ facts, requested }: NodeUsage, amountOf: AmountOf): number {
  const takesPods =
    facts.ready && !facts.cordoned && requested.pods < facts.allocatable.pods;
  return takesPods
    ? Math.max(0, amountOf(facts.allocatable) - amountOf(requested))
    : 0;
}
