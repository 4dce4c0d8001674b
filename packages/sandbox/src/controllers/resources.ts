import { type Amounts, addAmounts, parseQuantity } from './quantities';
import type { Container, PodSpec } from './workloadTypes';

/** What a pod needs: the sum of its containers, or its largest init container where that is more. */
export function podAmounts(
  spec: PodSpec,
  kind: 'requests' | 'limits',
): Amounts {
  const of = (container: Container): Amounts =>
    Object.fromEntries(
      Object.entries(container.resources?.[kind] ?? {}).map(
        ([name, quantity]) => [name, parseQuantity(quantity)],
      ),
    );
  const total = spec.containers.map(of).reduce(addAmounts, {});
  for (const init of spec.initContainers ?? []) {
    for (const [name, amount] of Object.entries(of(init))) {
      total[name] = Math.max(total[name] ?? 0, amount);
    }
  }
  return total;
}

/** Whether a resource comes from a device plugin, as `nvidia.com/gpu` does. */
export function isExtended(resource: string): boolean {
  return resource.includes('/');
}

/** The quality-of-service class, by the rule of the API server. */
export function qosClass(
  spec: PodSpec,
): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const named = (
    container: Container,
    kind: 'requests' | 'limits',
    name: string,
  ) => container.resources?.[kind]?.[name];
  if (
    !containers.some(container =>
      ['cpu', 'memory'].some(
        name =>
          named(container, 'requests', name) ??
          named(container, 'limits', name),
      ),
    )
  ) {
    return 'BestEffort';
  }
  const guaranteed = containers.every(container =>
    ['cpu', 'memory'].every(name => {
      const limit = named(container, 'limits', name);
      return (
        limit !== undefined &&
        parseQuantity(limit) ===
          parseQuantity(named(container, 'requests', name) ?? limit)
      );
    }),
  );
  return guaranteed ? 'Guaranteed' : 'Burstable';
}
