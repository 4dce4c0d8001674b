import type { QuotaResource } from '@internal/plugin-ml-platform-common';

const GIB = 1024 ** 3;
const FORMAT = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 1 });

/** Requested amount of one resource, of what the quota allows. */
export interface QuotaUse {
  name: string;
  used: number;
  hard: number;
  text: string;
}

/** CPU and memory that the pods of an environment request, of its quota; nothing while it is not known. */
export function quotaUse(resources: QuotaResource[]): QuotaUse[] {
  return [
    { resource: 'requests.cpu', name: 'CPU', unit: 'CPUs', size: 1 },
    { resource: 'requests.memory', name: 'Memory', unit: 'GiB', size: GIB },
  ].flatMap(({ resource, name, unit, size }) => {
    const quota = resources.find(
      each => each.resource === resource && each.scopes.length === 0,
    );
    if (quota?.used === undefined || quota.hard <= 0) {
      return [];
    }
    const [used, hard] = [quota.used / size, quota.hard / size];
    return [
      {
        name,
        used,
        hard,
        text: `${FORMAT.format(used)} of ${FORMAT.format(hard)} ${unit} in use`,
      },
    ];
  });
}
