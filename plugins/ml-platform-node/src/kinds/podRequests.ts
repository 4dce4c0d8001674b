import {
  combineCounts,
  gpuCounts,
  NO_GPUS,
  type GpuCounts,
} from '../gpus/gpuDevices';
import { thousandthsOf, unitsOf } from '../quantities';
import { podSpecSchema, type Container, type PodSpec } from './podTemplate';
import type { StoredObject } from './StoredObject';

/** Resource requests in whole numbers, so that running sums stay exact. */
export interface ResourceRequests {
  millicores: number;
  /** In bytes. */
  memory: number;
  /** GPUs, slices and shares of GPUs, each by itself. */
  gpus: GpuCounts;
}

export const NO_REQUESTS: ResourceRequests = {
  millicores: 0,
  memory: 0,
  gpus: NO_GPUS,
};

/** Adds requests, or subtracts them with a `sign` of -1. */
export function addRequests(
  a: ResourceRequests,
  b: ResourceRequests,
  sign = 1,
): ResourceRequests {
  return {
    millicores: a.millicores + sign * b.millicores,
    memory: a.memory + sign * b.memory,
    gpus: combineCounts(a.gpus, b.gpus, (x, y) => x + sign * y),
  };
}

/**
 * The requests that the scheduler reserves for a pod: the sum of its containers and sidecars, or the peak of its init
 * containers where that is more. Pod-level requests replace them; the overhead is added.
 */
export function requestsOfSpec(spec: PodSpec): ResourceRequests {
  let running = spec.containers.map(requestsOf).reduce(plus, NO_REQUESTS);
  let sidecars = NO_REQUESTS;
  let starting = NO_REQUESTS;
  for (const container of spec.initContainers ?? []) {
    const requests = requestsOf(container);
    if (container.restartPolicy === 'Always') {
      running = plus(running, requests);
      sidecars = plus(sidecars, requests);
      starting = largest(starting, sidecars);
    } else {
      // Sidecars before it in the list run already.
      starting = largest(starting, plus(sidecars, requests));
    }
  }
  // Pod-level resources and the overhead have no GPUs.
  const { gpus: _, ...podLevel } = amountsOf({
    ...spec.resources?.limits,
    ...spec.resources?.requests,
  });
  return plus(
    { ...largest(running, starting), ...defined(podLevel) },
    { ...NO_REQUESTS, ...defined(amountsOf(spec.overhead ?? {})) },
  );
}

function plus(a: ResourceRequests, b: ResourceRequests): ResourceRequests {
  return addRequests(a, b);
}

function largest(a: ResourceRequests, b: ResourceRequests): ResourceRequests {
  return {
    millicores: Math.max(a.millicores, b.millicores),
    memory: Math.max(a.memory, b.memory),
    gpus: combineCounts(a.gpus, b.gpus, Math.max),
  };
}

/** The API server defaults a missing request to the limit. */
function requestsOf({ resources }: Container): ResourceRequests {
  return {
    ...NO_REQUESTS,
    ...defined(amountsOf({ ...resources?.limits, ...resources?.requests })),
  };
}

function amountsOf(
  quantities: Record<string, string | number>,
): Partial<ResourceRequests> {
  return {
    millicores: thousandthsOf(quantities.cpu ?? ''),
    memory: unitsOf(quantities.memory ?? ''),
    gpus: gpuCounts(quantities),
  };
}

function defined(
  amounts: Partial<ResourceRequests>,
): Partial<ResourceRequests> {
  return Object.fromEntries(
    Object.entries(amounts).filter(([, amount]) => amount !== undefined),
  );
}

interface ComputedRequests {
  initContainers: unknown;
  overhead: unknown;
  resources: unknown;
  requests: ResourceRequests;
}

/** Pod specs with the same containers whose requests are remembered. */
const MAX_SPECS_PER_CONTAINERS = 10;

const computedRequests = new WeakMap<object, ComputedRequests[]>();

/**
 * The requests of a stored pod. The store interns containers, so thousands of pods share one computed result and nothing
 * is kept per pod.
 */
export function podRequests({ spec = {} }: StoredObject): ResourceRequests {
  const { containers, initContainers, overhead, resources } = spec;
  if (typeof containers !== 'object' || containers === null) {
    return NO_REQUESTS;
  }
  const computed = computedRequests.get(containers) ?? [];
  const same = computed.find(
    each =>
      each.initContainers === initContainers &&
      each.overhead === overhead &&
      each.resources === resources,
  );
  if (same) {
    return same.requests;
  }
  const { data } = podSpecSchema.safeParse(spec);
  const requests = data ? requestsOfSpec(data) : NO_REQUESTS;
  computedRequests.set(containers, [
    ...computed.slice(1 - MAX_SPECS_PER_CONTAINERS),
    { initContainers, overhead, resources, requests },
  ]);
  return requests;
}
