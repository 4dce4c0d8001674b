import {
  quantityOf,
  runningContainers,
  type PodSpec,
} from '@internal/plugin-ml-platform-node';
import { formatAmount } from './formatting';

/** Returns the amount that a pod requests of a resource, for example "8 GPUs"; undefined when it requests none. */
export type RequestedAmount = (resource: string) => string | undefined;

/** Looks up requests, or else limits, summed over the containers of a pod. */
export function requestedAmount(spec: PodSpec): RequestedAmount {
  return resource => {
    const total = runningContainers(spec)
      .map(
        ({ resources }) =>
          resources?.requests?.[resource] ?? resources?.limits?.[resource] ?? 0,
      )
      .reduce<number>((sum, each) => sum + (quantityOf(each) ?? 0), 0);
    return total > 0 ? formatAmount(resource, String(total)) : undefined;
  };
}
