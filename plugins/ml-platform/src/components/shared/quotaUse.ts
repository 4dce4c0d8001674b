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

interface Measure {
  /** As in a ResourceQuota. */
  resource: string;
  name: string;
  unit: string;
  /** Size of one unit in that of the quota. */
  size: number;
}

const REQUESTS: Measure[] = [
  { resource: 'requests.cpu', name: 'CPU', unit: 'CPUs', size: 1 },
  { resource: 'requests.memory', name: 'Memory', unit: 'GiB', size: GIB },
];

/** Requests and limits, for pages that show both. */
export const REQUESTS_AND_LIMITS: Measure[] = [
  { ...REQUESTS[0], name: 'CPU requests' },
  { ...REQUESTS[0], resource: 'limits.cpu', name: 'CPU limits' },
  { ...REQUESTS[1], name: 'Memory requests' },
  { ...REQUESTS[1], resource: 'limits.memory', name: 'Memory limits' },
];

/** CPU and memory that the pods of an environment take, of its quota; nothing while it is not known. */
export function quotaUse(
  resources: QuotaResource[],
  measures = REQUESTS,
): QuotaUse[] {
  return measures.flatMap(({ resource, name, unit, size }) => {
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
