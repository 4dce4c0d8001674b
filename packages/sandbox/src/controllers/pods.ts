import { createHash } from 'node:crypto';
import type {
  Draft,
  KubernetesObject,
  OwnerReference,
} from '../kubernetes/KubernetesObject';
import { StatusError } from '../kubernetes/StatusError';
import { forbidden } from './forbiddenError';
import { applyLimitRanges } from './limitRanges';
import { checkQuota } from './resourceQuotas';
import { isExtendedResource, podResources, qosClass } from './podResources';
import { type ReconcileContext } from './ReconcileContext';
import type { Pod, PodSpec, PodTemplate, Toleration } from './workloadTypes';
import { recordEvent } from './events';

/** Alphabet of generated name suffixes in Kubernetes: without vowels, so that names do not form words. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** Derives a short name suffix from a seed. */
export function shortHash(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest();
  return [...digest.subarray(0, length)]
    .map(byte => ALPHABET[byte % ALPHABET.length])
    .join('');
}

/** Hashes a pod template for the name of its ReplicaSet or controller revision. */
export function templateHash(template: PodTemplate): string {
  return shortHash(JSON.stringify(template), 10);
}

/** Creates a controller owner reference. */
export function ownerReference(owner: KubernetesObject): OwnerReference {
  const { apiVersion, kind, metadata } = owner;
  return {
    apiVersion,
    kind,
    name: metadata.name,
    uid: metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}

/** Number of created pods by owner uid. Pod names derive from it, so a retry keeps the name of a failed attempt. */
const podCounts = new WeakMap<ReconcileContext['store'], Map<string, number>>();

/**
 * Creates a pod for a controller, subject to admission, and records an event.
 *
 * @returns the error message when admission rejects the pod; undefined on success.
 */
export function createPod(
  context: ReconcileContext,
  owner: KubernetesObject,
  options: {
    template: PodTemplate;
    component: string;
    /** Defaults to the owner's name and a generated suffix. */
    name?: string;
    labels?: Record<string, string>;
    /** Protects the pod from deletion until its controller has counted its result. */
    finalizer?: string;
  },
): string | undefined {
  const { store } = context;
  const { template, component, labels, finalizer } = options;
  const { uid, namespace } = owner.metadata;
  const counts = podCounts.get(store) ?? new Map<string, number>();
  podCounts.set(store, counts);
  const number = counts.get(uid) ?? 0;
  const name =
    options.name ??
    `${owner.metadata.name}-${shortHash(
      `${uid}/${store.firstVersion}/${number}`,
      5,
    )}`;
  const draft: Draft<PodSpec> & { spec: PodSpec } = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      ...(!options.name && { generateName: `${owner.metadata.name}-` }),
      namespace,
      ...(finalizer && { finalizers: [finalizer] }),
      labels: { ...template.metadata?.labels, ...labels },
      annotations: template.metadata?.annotations,
      ownerReferences: [ownerReference(owner)],
    },
    spec: template.spec,
  };
  try {
    assertServiceAccount(store, draft);
    const spec = admitPodSpec(applyLimitRanges(store, draft));
    const pod = {
      ...draft,
      spec,
      status: { phase: 'Pending', qosClass: qosClass(spec) },
    };
    checkQuota(store, pod);
    store.create(pod);
    counts.set(uid, number + 1);
    recordEvent(context, owner, {
      reason: 'SuccessfulCreate',
      message: options.name
        ? `${statefulSetStep(owner, 'create', name)} successful`
        : `Created pod: ${name}`,
      component,
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
    recordEvent(context, owner, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: options.name
        ? `${statefulSetStep(owner, 'create', name)} failed error: ${
            error.message
          }`
        : `Error creating: ${error.message}`,
      component,
    });
    return error.message;
  }
}

/**
 * Words of the StatefulSet controller's events.
 *
 * @see kubernetes/kubernetes v1.36 pkg/controller/statefulset/stateful_pod_control.go recordPodEvent
 */
function statefulSetStep(
  set: KubernetesObject,
  verb: 'create' | 'delete',
  pod: string,
): string {
  return `${verb} Pod ${pod} in StatefulSet ${set.metadata.name}`;
}

/** Deletes a pod of a controller and records an event. */
export function deletePod(
  context: ReconcileContext,
  owner: KubernetesObject,
  pod: Pod,
  component: string,
): void {
  context.store.delete(pod);
  recordEvent(context, owner, {
    reason: 'SuccessfulDelete',
    message:
      owner.kind === 'StatefulSet'
        ? `${statefulSetStep(owner, 'delete', pod.metadata.name)} successful`
        : `Deleted pod: ${pod.metadata.name}`,
    component,
  });
}

/**
 * Checks that the service account of a pod exists.
 *
 * @throws StatusError (403). The message has the generated name's prefix, because admission comes before the name.
 * @see kubernetes/kubernetes v1.36 plugin/pkg/admission/serviceaccount/admission.go
 */
function assertServiceAccount(
  store: ReconcileContext['store'],
  pod: Draft<PodSpec> & { spec: PodSpec },
): void {
  const { namespace, name, generateName } = pod.metadata;
  const account = String(pod.spec.serviceAccountName || 'default');
  if (
    account !== 'default' &&
    !store.get('serviceaccounts', namespace, account)
  ) {
    throw forbidden(
      {
        apiVersion: pod.apiVersion,
        kind: pod.kind,
        metadata: { name: generateName ?? name },
      },
      `error looking up service account ${namespace}/${account}: serviceaccount "${account}" not found`,
    );
  }
}

/** Applies the admission plugins Priority, ServiceAccount, DefaultTolerationSeconds and ExtendedResourceToleration. */
function admitPodSpec(spec: PodSpec): PodSpec {
  const existing = spec.tolerations ?? [];
  const eviction = ['not-ready', 'unreachable'].map(problem => ({
    key: `node.kubernetes.io/${problem}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));
  const devices: Toleration[] = Object.keys(podResources(spec, 'requests'))
    .filter(isExtendedResource)
    .map(key => ({ key, operator: 'Exists', effect: 'NoSchedule' }));
  const missing = [...eviction, ...devices].filter(
    ({ key, effect }) =>
      !existing.some(
        toleration => toleration.key === key && toleration.effect === effect,
      ),
  );
  return {
    enableServiceLinks: true,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: 0,
    serviceAccount: 'default',
    serviceAccountName: 'default',
    ...spec,
    tolerations: [...existing, ...missing],
  };
}
