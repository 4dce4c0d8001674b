import {
  type Draft,
  field,
  isFields,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { resourceTypeOf } from '../kubernetes/resourceTypes';
import { forbidden } from './forbidden';
import {
  addAmounts,
  type Amounts,
  formatQuantity,
  parseQuantity,
} from './quantities';
import { isExtended, podAmounts } from './resources';
import type { Controller } from './World';
import { isFinished, type Pod } from './workloadTypes';
import { qualifiedName } from '../kubernetes/ResourceType';

const ONE = 1000;

/**
 * Refuses what a ResourceQuota of its namespace has no room for.
 *
 * @throws StatusError (403), worded as by the API server.
 */
export function checkQuota(store: ObjectStore, draft: Draft): void {
  const { namespace } = draft.metadata;
  const requested = usage(draft);
  for (const quota of store.list('resourcequotas', { namespace })) {
    const hard = hardAmounts(quota);
    const used = usedAmounts(store, quota);
    const exceeded = Object.keys(hard)
      .filter(
        name =>
          (requested[name] ?? 0) > 0 &&
          (used[name] ?? 0) + requested[name] > hard[name],
      )
      .sort();
    if (exceeded.length > 0) {
      const print = (amounts: Amounts) =>
        exceeded
          .map(name => `${name}=${formatQuantity(name, amounts[name] ?? 0)}`)
          .join(',');
      throw forbidden(
        draft,
        `exceeded quota: ${quota.metadata.name}, requested: ${print(
          requested,
        )}, used: ${print(used)}, limited: ${print(hard)}`,
      );
    }
  }
}

/** Keeps `status.used` of every ResourceQuota. */
export const countQuotas: Controller = ({ store }) => {
  for (const quota of store.list('resourcequotas')) {
    const used = usedAmounts(store, quota);
    store.setStatus(quota, {
      hard: field(quota, 'spec.hard') ?? {},
      used: Object.fromEntries(
        Object.keys(hardAmounts(quota)).map(name => [
          name,
          formatQuantity(name, used[name] ?? 0),
        ]),
      ),
    });
  }
};

function hardAmounts(quota: KubernetesObject): Amounts {
  const hard = field(quota, 'spec.hard');
  return Object.fromEntries(
    Object.entries(isFields(hard) ? hard : {}).map(([name, quantity]) => [
      name,
      parseQuantity(quantity),
    ]),
  );
}

function usedAmounts(store: ObjectStore, quota: KubernetesObject): Amounts {
  const { namespace } = quota.metadata;
  return store
    .all()
    .filter(({ metadata }) => metadata.namespace === namespace)
    .map(usage)
    .reduce(addAmounts, {});
}

/** What an object counts for, by the names that a quota can limit. */
function usage(object: Draft): Amounts {
  const type = resourceTypeOf(object);
  const counted = { [`count/${qualifiedName(type)}`]: ONE };
  switch (type.kind) {
    case 'Pod':
      return { ...counted, ...podUsage(object as Pod) };
    case 'Service':
      return {
        ...counted,
        services: ONE,
        'services.loadbalancers':
          text(object, 'spec.type') === 'LoadBalancer' ? ONE : 0,
        'services.nodeports': ['LoadBalancer', 'NodePort'].includes(
          text(object, 'spec.type'),
        )
          ? ONE
          : 0,
      };
    case 'PersistentVolumeClaim':
      return {
        ...counted,
        persistentvolumeclaims: ONE,
        'requests.storage': parseQuantity(
          field(object, 'spec.resources.requests.storage'),
        ),
      };
    case 'ConfigMap':
    case 'Secret':
    case 'ResourceQuota':
      return { ...counted, [type.plural]: ONE };
    default:
      return counted;
  }
}

function podUsage(pod: Pod): Amounts {
  if (isFinished(pod)) {
    return {};
  }
  const amounts: Amounts = { pods: ONE };
  for (const [name, amount] of Object.entries(
    podAmounts(pod.spec, 'requests'),
  )) {
    amounts[`requests.${name}`] = amount;
    if (!isExtended(name)) {
      amounts[name] = amount;
    }
  }
  for (const [name, amount] of Object.entries(podAmounts(pod.spec, 'limits'))) {
    amounts[`limits.${name}`] = amount;
  }
  return amounts;
}
