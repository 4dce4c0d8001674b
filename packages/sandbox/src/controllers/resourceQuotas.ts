import {
  type Draft,
  field,
  isFields,
  type KubernetesObject,
  text,
} from '../kubernetes/KubernetesObject';
import type { ObjectStore } from '../kubernetes/ObjectStore';
import { resourceTypeOf } from '../kubernetes/resourceTypes';
import { forbidden } from './forbiddenError';
import {
  addAmounts,
  type Amounts,
  formatQuantity,
  ONE_UNIT,
  parseQuantity,
} from './quantities';
import { isExtendedResource, podResources } from './podResources';
import type { Controller } from './ReconcileContext';
import { isFinished, type Pod } from './workloadTypes';
import { qualifiedName } from '../kubernetes/ResourceType';

/**
 * Checks an object against the ResourceQuotas of its namespace.
 *
 * @throws StatusError (403) when it exceeds one.
 */
export function checkQuota(store: ObjectStore, draft: Draft): void {
  const { namespace } = draft.metadata;
  const requested = quotaUsage(draft);
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

/** Updates `status.used` of ResourceQuotas. */
export const reconcileResourceQuotas: Controller = ({ store }) => {
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
    .map(quotaUsage)
    .reduce(addAmounts, {});
}

/** Resource usage of an object, by the names that a quota can limit. */
function quotaUsage(object: Draft): Amounts {
  const type = resourceTypeOf(object);
  const counted = { [`count/${qualifiedName(type)}`]: ONE_UNIT };
  switch (type.kind) {
    case 'Pod':
      return { ...counted, ...podUsage(object as Pod) };
    case 'Service':
      return {
        ...counted,
        services: ONE_UNIT,
        'services.loadbalancers':
          text(object, 'spec.type') === 'LoadBalancer' ? ONE_UNIT : 0,
        'services.nodeports': ['LoadBalancer', 'NodePort'].includes(
          text(object, 'spec.type'),
        )
          ? ONE_UNIT
          : 0,
      };
    case 'PersistentVolumeClaim':
      return {
        ...counted,
        persistentvolumeclaims: ONE_UNIT,
        'requests.storage': parseQuantity(
          field(object, 'spec.resources.requests.storage'),
        ),
      };
    case 'ConfigMap':
    case 'Secret':
    case 'ResourceQuota':
      return { ...counted, [type.plural]: ONE_UNIT };
    default:
      return counted;
  }
}

function podUsage(pod: Pod): Amounts {
  if (isFinished(pod)) {
    return {};
  }
  const amounts: Amounts = { pods: ONE_UNIT };
  for (const [name, amount] of Object.entries(
    podResources(pod.spec, 'requests'),
  )) {
    amounts[`requests.${name}`] = amount;
    if (!isExtendedResource(name)) {
      amounts[name] = amount;
    }
  }
  for (const [name, amount] of Object.entries(
    podResources(pod.spec, 'limits'),
  )) {
    amounts[`limits.${name}`] = amount;
  }
  return amounts;
}
