import { type Amounts, addAmounts, parseQuantity } from './quantities';
import type { Container, PodSpec } from './workloadTypes';

/** Total requests or limits of a pod: the sum of its containers, or the largest init container if that is more. */
export function podResources(
  spec: PodSpec,
  kind: 'requests' | 'limits',
): Amounts {
  const containerAmounts = (container: Container): Amounts =>
    Object.fromEntries(
      Object.entries(container.resources?.[kind] ?? {}).map(
        ([name, quantity]) => [name, parseQuantity(quantity)],
      ),
    );
  const total = spec.containers.map(containerAmounts).reduce(addAmounts, {});
  for (const init of spec.initContainers ?? []) {
    for (const [name, amount] of Object.entries(containerAmounts(init))) {
      total[name] = Math.max(total[name] ?? 0, amount);
    }
  }
  return total;
}

/** Returns true for extended resources, such as `nvidia.com/gpu`. */
export function isExtendedResource(resource: string): boolean {
  return resource.includes('/');
}

/** Computes the quality-of-service class of a pod. */
export function qosClass(
  spec: PodSpec,
): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const quantity = (
    container: Container,
    kind: 'requests' | 'limits',
    name: string,
  ) => container.resources?.[kind]?.[name];
  if (
    !containers.some(container =>
      ['cpu', 'memory'].some(
        name =>
          quantity(container, 'requests', name) ??
          quantity(container, 'limits', name),
      ),
    )
  ) {
    return 'BestEffort';
  }
  const guaranteed = containers.every(container =>
    ['cpu', 'memory'].every(name => {
      const limit = quantity(container, 'limits', name);
      return (
        limit !== undefined &&
        parseQuantity(limit) ===
          parseQuantity(quantity(container, 'requests', name) ?? limit)
      );
    }),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
