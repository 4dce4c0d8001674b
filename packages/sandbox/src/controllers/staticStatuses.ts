import {
  count,
  field,
  type Fields,
  type KubernetesObject,
  timestamp,
} from '../kubernetes/KubernetesObject';
import { selectorMatches } from '../kubernetes/selectors';
import type { Controller, ReconcileContext } from './ReconcileContext';
import { isReady, type Pod } from './workloadTypes';

/** Status functions by plural name, for types whose status depends only on the current objects. */
const STATUS_FUNCTIONS: Record<
  string,
  (object: KubernetesObject, context: ReconcileContext) => Fields
> = {
  namespaces: () => ({ phase: 'Active' }),
  services: service => ({
    loadBalancer:
      field(service, 'spec.type') === 'LoadBalancer'
        ? { ingress: [{ ip: '127.0.0.1' }] }
        : {},
  }),
  ingresses: () => ({ loadBalancer: { ingress: [{ ip: '127.0.0.1' }] } }),
  persistentvolumeclaims: claim => ({
    phase: 'Bound',
    accessModes: field(claim, 'spec.accessModes'),
    capacity: field(claim, 'spec.resources.requests'),
  }),
  poddisruptionbudgets: podDisruptionBudgetStatus,
  horizontalpodautoscalers: horizontalPodAutoscalerStatus,
};

/** Updates the statuses of objects without a controller of their own, and binds PersistentVolumeClaims. */
export const reconcileStaticStatuses: Controller = context => {
  const { store } = context;
  for (const claim of store.list('persistentvolumeclaims')) {
    store.update({
      ...claim,
      spec: { ...claim.spec, volumeName: `pvc-${claim.metadata.uid}` },
    });
  }
  for (const [plural, statusOf] of Object.entries(STATUS_FUNCTIONS)) {
    for (const object of store.list(plural)) {
      store.setStatus(object, statusOf(object, context));
    }
  }
};

function podDisruptionBudgetStatus(
  budget: KubernetesObject,
  { store }: ReconcileContext,
): Fields {
  const { namespace, generation } = budget.metadata;
  const selector = field(budget, 'spec.selector');
  const pods = store
    .list<Pod>('pods', { namespace })
    .filter(pod => selectorMatches(selector, pod.metadata.labels));
  const currentHealthy = pods.filter(isReady).length;
  const share = (value: unknown) =>
    String(value).endsWith('%')
      ? Math.ceil((pods.length * parseFloat(String(value))) / 100)
      : Number(value);
  const minimum = field(budget, 'spec.minAvailable');
  const desiredHealthy =
    minimum === undefined
      ? Math.max(
          0,
          pods.length - share(field(budget, 'spec.maxUnavailable') ?? 0),
        )
      : share(minimum);
  return {
    observedGeneration: generation,
    expectedPods: pods.length,
    currentHealthy,
    desiredHealthy,
    disruptionsAllowed: Math.max(0, currentHealthy - desiredHealthy),
  };
}

/** Keeps the target of an autoscaler within its bounds. The sandbox has no metrics to scale on. */
function horizontalPodAutoscalerStatus(
  hpa: KubernetesObject,
  { store, now }: ReconcileContext,
): Fields {
  const target = store.get(
    `${String(field(hpa, 'spec.scaleTargetRef.kind')).toLowerCase()}s`,
    hpa.metadata.namespace,
    String(field(hpa, 'spec.scaleTargetRef.name')),
  );
  const since =
    (field(hpa, 'status.lastScaleTime') as string) ?? timestamp(now);
  const condition = (
    type: string,
    status: string,
    reason: string,
    message: string,
  ) => ({ type, status, reason, message, lastTransitionTime: since });
  if (!target) {
    return {
      currentReplicas: 0,
      desiredReplicas: 0,
      lastScaleTime: since,
      conditions: [
        condition(
          'AbleToScale',
          'False',
          'FailedGetScale',
          "the HPA controller was unable to get the target's current scale",
        ),
      ],
    };
  }
  const replicas = count(target, 'spec.replicas');
  const desired = Math.min(
    count(hpa, 'spec.maxReplicas'),
    Math.max(count(hpa, 'spec.minReplicas'), replicas),
  );
  store.update({ ...target, spec: { ...target.spec, replicas: desired } });
  return {
    currentReplicas: count(target, 'status.replicas'),
    desiredReplicas: desired,
    lastScaleTime: since,
    conditions: [
      condition(
        'AbleToScale',
        'True',
        'ReadyForNewScale',
        'recommended size matches current size',
      ),
    ],
  };
}
