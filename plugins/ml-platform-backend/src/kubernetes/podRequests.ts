import {
  thousandthsOf,
  unitsOf,
  type StoredObject,
} from '@internal/plugin-ml-platform-node';
import { z } from 'zod';
import { podSpecSchema, type Container } from './podTemplate';

export const GPU_RESOURCE = 'nvidia.com/gpu';

/** Whole numbers, so that sums to which much is added and taken away stay exact. */
export interface ResourceRequests {
  millicores: number;
  /** In bytes. */
  memory: number;
  gpus: number;
}

export const NO_REQUESTS: ResourceRequests = { millicores: 0, memory: 0, gpus: 0 };

const specSchema = podSpecSchema.extend({
  overhead: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
  resources: z
    .object({
      requests: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional(),
      limits: z
        .record(z.string(), z.union([z.string(), z.number()]))
        .optional(),
    })
    .optional(),
});
type Spec = z.infer<typeof specSchema>;

export function addRequests(a: ResourceRequests, b: ResourceRequests, sign = 1): ResourceRequests {
  return {
    millicores: a.millicores + sign * b.millicores,
    memory: a.memory + sign * b.memory,
    gpus: a.gpus + sign * b.gpus,
  };
}

/**
 * What the scheduler reserves for a pod: its containers and sidecars together, or what it takes to start where that is
 * more; instead, what the pod as a whole asks for; and what its runtime takes besides.
 */
export function requestsOfSpec(spec: Spec): ResourceRequests {
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
      // Sidecars that come before run already.
      starting = largest(starting, plus(sidecars, requests));
    }
  }
  const whole = amountsOf({
    ...spec.resources?.limits,
    ...spec.resources?.requests,
  });
  return plus(
    { ...largest(running, starting), ...defined(whole) },
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
    gpus: Math.max(a.gpus, b.gpus),
  };
}

/** The API server takes a limit for the request where there is no request. */
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
    gpus: unitsOf(quantities[GPU_RESOURCE] ?? ''),
  };
}

function defined(amounts: Partial<ResourceRequests>): Partial<ResourceRequests> {
  return Object.fromEntries(
    Object.entries(amounts).filter(([, amount]) => amount !== undefined),
  );
}

interface Known {
  initContainers: unknown;
  overhead: unknown;
  resources: unknown;
  requests: ResourceRequests;
}
const knownSpecs = new WeakMap<object, Known[]>();

/**
 * The same of a stored pod. The store keeps equal containers once, so that thousands of pods share one answer and
 * nothing is kept per pod.
 */
export function podRequests({ spec = {} }: StoredObject): ResourceRequests {
  const { containers, initContainers, overhead, resources } = spec;
  if (typeof containers !== 'object' || containers === null) {
    return NO_REQUESTS;
  }
  const known = knownSpecs.get(containers) ?? [];
  const same = known.find(
    each =>
      each.initContainers === initContainers &&
      each.overhead === overhead &&
      each.resources === resources,
  );
  if (same) {
    return same.requests;
  }
  const { data } = specSchema.safeParse(spec);
  const requests = data ? requestsOfSpec(data) : NO_REQUESTS;
  knownSpecs.set(containers, [
    ...known.slice(-9),
    { initContainers, overhead, resources, requests },
  ]);
  return requests;
}

/** The node of a pod that holds its requests there: until it is finished. */
export function nodeOfPod({ spec }: StoredObject): string | undefined {
  return typeof spec?.nodeName === 'string' ? spec.nodeName : undefined;
}

export function isFinishedPod({ status }: StoredObject): boolean {
  return status?.phase === 'Succeeded' || status?.phase === 'Failed';
}
