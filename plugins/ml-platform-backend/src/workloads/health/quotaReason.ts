import type { HealthReason } from '@internal/plugin-ml-platform-common';
import {
  quantityOf,
  type ResourceQuota,
} from '@internal/plugin-ml-platform-node';
import { amount, amountOnly, listed } from './formatting';

const EXCEEDED =
  /exceeded quota: ([^,\s]+), requested: (\S+), used: (\S+), limited: (\S+)/;
const UNSPECIFIED = /failed quota: ([^:\s]+): must specify ([\s\S]+)$/;

/** What a quota says of something that it refused; undefined when it is no quota that refused. */
export function quotaReason(
  message: string,
  around: { namespace: string; quotas: ResourceQuota[] },
): HealthReason | undefined {
  const exceeded = EXCEEDED.exec(message);
  if (exceeded) {
    const [, name, requested, used, limited] = exceeded;
    const quota = around.quotas.find(({ metadata }) => metadata.name === name);
    return {
      code: 'quota-exceeded',
      text: exceededText(around.namespace, quota, {
        requested: amounts(requested),
        used: amounts(used),
        limited: amounts(limited),
      }),
      object: { kind: 'ResourceQuota', name },
    };
  }
  const unspecified = UNSPECIFIED.exec(message);
  if (unspecified) {
    const [, name, resources] = unspecified;
    return {
      code: 'quota-exceeded',
      text: `The quota of ${
        around.namespace
      } needs every container to say what it asks for. Add ${resources.replace(
        /[.\s]+$/,
        '',
      )}.`,
      object: { kind: 'ResourceQuota', name },
    };
  }
  return /exceeded quota/.test(message)
    ? {
        code: 'quota-exceeded',
        text: `The quota of ${around.namespace} has no room. Ask for less, remove what is not needed, or ask for more quota.`,
      }
    : undefined;
}

/** What is in use now counts, not what was when the quota refused. */
function exceededText(
  namespace: string,
  quota: ResourceQuota | undefined,
  {
    requested,
    used,
    limited,
  }: Record<'requested' | 'used' | 'limited', Map<string, string>>,
): string {
  const lines = [...requested].map(([resource, asked]) => {
    const hard = quota?.status.hard[resource] ?? limited.get(resource) ?? '0';
    const inUse = quota?.status.used[resource] ?? used.get(resource) ?? '0';
    return {
      asks: amount(resource, asked),
      allows: amount(resource, hard),
      inUse: amountOnly(resource, inUse),
      fits: sum(asked, inUse) <= (quantityOf(hard) ?? 0),
    };
  });
  const [only] = lines;
  const allowed =
    lines.length === 1
      ? `${only.allows} and ${only.inUse} ${
          only.inUse === '1' ? 'is' : 'are'
        } in use`
      : listed(lines.map(({ allows, inUse }) => `${allows} (${inUse} in use)`));
  const words = `Asks for ${listed(
    lines.map(({ asks }) => asks),
  )}; the quota of ${namespace} allows ${allowed}.`;
  return lines.every(({ fits }) => fits)
    ? `${words} There is room now: Kubernetes tries again within minutes.`
    : `${words} Ask for less, remove what is not needed, or ask for more quota.`;
}

function sum(a: string, b: string): number {
  return (quantityOf(a) ?? 0) + (quantityOf(b) ?? 0);
}

/** `requests.cpu=2,limits.cpu=4` */
function amounts(text: string): Map<string, string> {
  return new Map(
    text.split(',').map(each => {
      const [resource, quantity = '0'] = each.split('=');
      return [resource, quantity];
    }),
  );
}
