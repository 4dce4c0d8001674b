import type { QuotaResource } from '@internal/plugin-ml-platform-common';
import {
  quantityOf,
  quotaScopes,
  type ResourceQuota,
} from '@internal/plugin-ml-platform-node';

/** Kubernetes has two names for these. */
const ALIASES: Record<string, string> = {
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  'ephemeral-storage': 'requests.ephemeral-storage',
};

/** What the quotas of a namespace allow: of each resource, and each kind of pods, the quota with the least left. */
export function tightestResources(quotas: ResourceQuota[]): QuotaResource[] {
  const tightest = new Map<string, QuotaResource>();
  for (const each of quotas.flatMap(resourcesOf)) {
    const key = `${each.resource} ${each.scopes}`;
    const known = tightest.get(key);
    if (!known || left(each) < left(known)) {
      tightest.set(key, each);
    }
  }
  return [...tightest.values()].sort(
    (a, b) =>
      a.resource.localeCompare(b.resource) ||
      String(a.scopes).localeCompare(String(b.scopes)),
  );
}

function left({ hard, used = 0 }: QuotaResource): number {
  return hard - used;
}

function resourcesOf(quota: ResourceQuota): QuotaResource[] {
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
            ...meaningOf(resource),
            used,
            hard,
            ratio: ratioOf(used, hard),
            usedQuantity,
            hardQuantity,
            quota: quota.metadata.name,
            scopes: quotaScopes(quota),
          },
        ];
  });
}

function ratioOf(used: number | undefined, hard: number): number | undefined {
  return used === undefined || hard <= 0
    ? undefined
    : Math.round((used / hard) * 10_000) / 10_000;
}

function meaningOf(resource: string): Pick<QuotaResource, 'kind' | 'unit'> {
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
  return /^requests\..*\/(gpu|mig-[^/]*)(\.shared)?$/.test(resource)
    ? { kind: 'gpu', unit: 'count' }
    : { kind: 'objects', unit: 'count' };
}
