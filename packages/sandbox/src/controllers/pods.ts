import { createHash } from 'node:crypto';
import type {
  Draft,
  KubernetesObject,
  OwnerReference,
} from '../kubernetes/KubernetesObject';
import { StatusError } from '../kubernetes/StatusError';
import { applyLimitRanges } from './limitRange';
import { checkQuota } from './quota';
import { isExtended, podAmounts, qosClass } from './resources';
import { recordEvent, type World } from './World';
import type { Pod, PodSpec, PodTemplate, Toleration } from './workloadTypes';

/** No vowels: a name must not become a word. As Kubernetes' own random suffixes. */
const ALPHABET = 'bcdfghjklmnpqrstvwxz2456789';

/** A short name part, always the same for the same seed. */
export function shortHash(seed: string, length: number): string {
  const digest = createHash('sha256').update(seed).digest();
  return [...digest.subarray(0, length)]
    .map(byte => ALPHABET[byte % ALPHABET.length])
    .join('');
}

/** The hash that names the ReplicaSet, or the revision, of a pod template. */
export function templateHash(template: PodTemplate): string {
  return shortHash(JSON.stringify(template), 10);
}

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

/** How many pods each owner has made: a failed attempt keeps its name, a new pod gets a new one. */
const created = new WeakMap<World['store'], Map<string, number>>();

/**
 * Makes one pod of a controller, through admission, and says so in an event.
 *
 * @returns why the pod was refused, or undefined when it was made.
 */
export function createPod(
  world: World,
  owner: KubernetesObject,
  options: {
    template: PodTemplate;
    component: string;
    /** Without it, the owner's name and a suffix. */
    name?: string;
    labels?: Record<string, string>;
    /** Keeps the pod from vanishing before its controller has seen its end. */
    finalizer?: string;
  },
): string | undefined {
  const { store } = world;
  const { template, component, labels, finalizer } = options;
  const { uid, namespace } = owner.metadata;
  const counts = created.get(store) ?? new Map<string, number>();
  created.set(store, counts);
  const number = counts.get(uid) ?? 0;
  const name =
    options.name ??
    `${owner.metadata.name}-${shortHash(`${uid}/${number}`, 5)}`;
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
    const spec = admitted(applyLimitRanges(store, draft));
    const pod = {
      ...draft,
      spec,
      status: { phase: 'Pending', qosClass: qosClass(spec) },
    };
    checkQuota(store, pod);
    store.create(pod);
    counts.set(uid, number + 1);
    recordEvent(world, owner, {
      reason: 'SuccessfulCreate',
      message: `Created pod: ${name}`,
      component,
    });
    return undefined;
  } catch (error) {
    if (!(error instanceof StatusError)) {
      throw error;
    }
    recordEvent(world, owner, {
      type: 'Warning',
      reason: 'FailedCreate',
      message: `Error creating: ${error.message}`,
      component,
    });
    return error.message;
  }
}

export function deletePod(
  world: World,
  owner: KubernetesObject,
  pod: Pod,
  component: string,
): void {
  world.store.delete(pod);
  recordEvent(world, owner, {
    reason: 'SuccessfulDelete',
    message: `Deleted pod: ${pod.metadata.name}`,
    component,
  });
}

/** As the admission plugins Priority, ServiceAccount, DefaultTolerationSeconds and ExtendedResourceToleration. */
function admitted(spec: PodSpec): PodSpec {
  const own = spec.tolerations ?? [];
  const eviction = ['not-ready', 'unreachable'].map(problem => ({
    key: `node.kubernetes.io/${problem}`,
    operator: 'Exists',
    effect: 'NoExecute',
    tolerationSeconds: 300,
  }));
  const devices: Toleration[] = Object.keys(podAmounts(spec, 'requests'))
    .filter(isExtended)
    .map(key => ({ key, operator: 'Exists', effect: 'NoSchedule' }));
  const missing = [...eviction, ...devices].filter(
    ({ key, effect }) =>
      !own.some(
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
    tolerations: [...own, ...missing],
  };
}
