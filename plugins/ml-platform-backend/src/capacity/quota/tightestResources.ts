import type { QuotaResource } from '@internal/plugin-ml-platform-common';
import {
  gpuDevice,
  quantityOf,
  quotaScopes,
  type ResourceQuota,
} from '@internal/plugin-ml-platform-node';

/** Quota resources that have two names in Kubernetes. */
const ALIASES: Record<string, string> = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  'ephemeral-storage': 'requests.ephemeral-storage',
};

/** Selects, for each resource and set of scopes, the quota of a namespace with the least left. */
export function tightestResources(quotas: ResourceQuota[]): QuotaResource[] {
  const tightest = new Map<string, QuotaResource>();
  for (const candidate of quotas.flatMap(quotaResources)) {
    const key = `${candidate.resource} ${candidate.scopes}`;
    const current = tightest.get(key);
    if (!current || amountLeft(candidate) < amountLeft(current)) {
      tightest.set(key, candidate);
    }
  }
  return [...tightest.values()].sort(
    (a, b) =>
      a.resource.localeCompare(b.resource) ||
      String(a.scopes).localeCompare(String(b.scopes)),
  );
}

function amountLeft({ hard, used = 0 }: QuotaResource): number {
  return hard - used;
}

function quotaResources(quota: ResourceQuota): QuotaResource[] {
  return Object.entries({
    ...quota.spec.hard,
    ...quota.status.hard,
  }).flatMap(([name, hardQuantity]) => {
    const hard = quantityOf(hardQuantity);
    const usedQuantity: string | undefined = quota.status.used[name];
    const used = quantityOf(usedQuantity ?? '');
    const resource = ALIASES[name] ?? name;
    return hard === undefined
      ? []
      : [
          {
            resource,
            ...kindAndUnit(resource),
            used,
            hard,
            ratio: usedRatio(used, hard),
            usedQuantity,
            hardQuantity,
            quota: quota.metadata.name,
            scopes: quotaScopes(quota),
          },
        ];
  });
}

function usedRatio(used: number | undefined, hard: number): number | undefined {
  return used === undefined || hard <= 0
    ? undefined
    : Math.round((used / hard) * 10_000) / 10_000;
}

function kindAndUnit(
  resource: string,
): Pick<QuotaResource, 'kind' | 'unit' | 'gpu'> {
  const gpu = gpuDevice(resource);
  if (gpu) {
    return { kind: 'gpu', unit: 'count', gpu };
  }
  if (resource.startsWith('count/')) {
    return { kind: 'objects', unit: 'count' };
  }
  switch (resource.replace(/^(requests|limits)\./, '')) {
    case 'cpu':
      return { kind: 'cpu', unit: 'cores' };
    case 'memory':
      return { kind: 'memory', unit: 'bytes' };
    case 'pods':
      return { kind: 'pods', unit: 'count' };
    default:
  }
  if (/(^|[./])(requests\.|limits\.)?(ephemeral-)?storage$/.test(resource)) {
    return { kind: 'storage', unit: 'bytes' };
  }
  if (/^requests\.hugepages-|^hugepages-/.test(resource)) {
    return { kind: 'memory', unit: 'bytes' };
  }
  return { kind: 'objects', unit: 'count' };
}
