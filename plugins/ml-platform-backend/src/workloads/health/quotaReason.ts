import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  quantityOf,
  type ResourceQuota,
} from '@internal/plugin-ml-platform-node';
import { formatAmount, formatList, formatQuantity } from './formatting';

/** Messages of the API server's ResourceQuota admission plugin. */
const EXCEEDED =
  /exceeded quota: ([^,\s]+), requested: (\S+), used: (\S+), limited: (\S+)/;
const UNSPECIFIED = /failed quota: ([^:\s]+): must specify ([\s\S]+)$/;

const QUOTA_ADVICE =
  'Request less, delete what you no longer need, or ask for more quota.';

/**
 * Reason why a ResourceQuota does not allow an object; undefined when the message is not about a quota.
 *
 * @param message - error with which the API server refused to create the object.
 */
export function quotaReason(
  message: string,
  { namespace, quotas }: { namespace: string; quotas: ResourceQuota[] },
): HealthReason | undefined {
  const exceeded = EXCEEDED.exec(message);
  if (exceeded) {
    const [, name, requested, used, limited] = exceeded;
    const quota = quotas.find(({ metadata }) => metadata.name === name);
    return {
      code: 'quota-exceeded',
      text: exceededText(namespace, quota, {
        requested: parseQuantities(requested),
        used: parseQuantities(used),
        limited: parseQuantities(limited),
      }),
      object: { kind: 'ResourceQuota', name },
    };
  }
  const unspecified = UNSPECIFIED.exec(message);
  if (unspecified) {
    const [, name, resources] = unspecified;
    return {
      code: 'quota-exceeded',
      text: `The quota in ${namespace} requires every container to set its resource requests and limits. Add ${resources.replace(
        /[.\s]+$/,
        '',
      )}.`,
      object: { kind: 'ResourceQuota', name },
    };
  }
  return /exceeded quota/.test(message)
    ? {
        code: 'quota-exceeded',
        text: `The quota in ${namespace} is exceeded. ${QUOTA_ADVICE}`,
      }
    : undefined;
}

/** Compares the request with the current use of the quota, or with that at the time of the refusal if the quota is gone. */
function exceededText(
  namespace: string,
  quota: ResourceQuota | undefined,
  refusal: Record<'requested' | 'used' | 'limited', Map<string, string>>,
): string {
  const resources = [...refusal.requested].map(([resource, requested]) => {
    const hard =
      quota?.status.hard[resource] ?? refusal.limited.get(resource) ?? '0';
    const used =
      quota?.status.used[resource] ?? refusal.used.get(resource) ?? '0';
    return {
      requested: formatAmount(resource, requested),
      allowed: formatAmount(resource, hard),
      allowedQuantity: formatQuantity(resource, hard),
      used: formatQuantity(resource, used),
      fits: sum(requested, used) <= (quantityOf(hard) ?? 0),
    };
  });
  const [only] = resources;
  const allowance =
    resources.length === 1
      ? `${only.allowedQuantity} and ${only.used} ${
          isSingular(only.used) ? 'is' : 'are'
        } in use`
      : formatList(
          resources.map(({ allowed, used }) => `${allowed} (${used} in use)`),
        );
  const text = `Requests ${formatList(
    resources.map(({ requested }) => requested),
  )}, but the quota in ${namespace} allows ${allowance}.`;
  return resources.every(({ fits }) => fits)
    ? `${text} There is room now; Kubernetes will retry within minutes.`
    : `${text} ${QUOTA_ADVICE}`;
}

/** Returns true for "1" and for amounts of bytes, such as "20 GiB". */
function isSingular(formattedAmount: string): boolean {
  return formattedAmount === '1' || formattedAmount.endsWith('B');
}

function sum(a: string, b: string): number {
  return (quantityOf(a) ?? 0) + (quantityOf(b) ?? 0);
}

/** Splits a list of quantities by resource, for example `requests.cpu=2,limits.cpu=4`. */
function parseQuantities(text: string): Map<string, string> {
  return new Map(
    text.split(',').map(part => {
      const [resource, quantity = '0'] = part.split('=');
      return [resource, quantity];
    }),
  );
}
