import { count, type Fields } from '../kubernetes/KubernetesObject';
import { deploymentStatus } from './deploymentStatus';
import { ownerReference, templateHash } from './pods';
import { rollingLimits } from './rollingLimits';
import { type Controller, type ReconcileContext } from './ReconcileContext';
import type { Deployment, ReplicaSet } from './workloadTypes';
import { recordEvent } from './events';

const REVISION_ANNOTATION = 'deployment.kubernetes.io/revision';
/** Annotations that are not copied to ReplicaSets. */
const UNCOPIED_ANNOTATIONS = [
  REVISION_ANNOTATION,
  'kubectl.kubernetes.io/last-applied-configuration',
];

/** Rolls out Deployments and updates their status. */
export const reconcileDeployments: Controller = context => {
  for (const deployment of context.store.list<Deployment>('deployments')) {
    const { current, old } = replicaSetsOf(context, deployment);
    if (!deployment.spec.paused) {
      rollOut(context, deployment, current, old);
    }
    const status = deploymentStatus(
      context,
      deployment,
      replicaSetsOf(context, deployment),
    );
    context.store.setStatus(deployment, status as unknown as Fields);
    deleteOldReplicaSets(context, deployment, old);
  }
};

/** Finds or creates the ReplicaSet of the current template, and lists the old ones by revision. */
function replicaSetsOf(context: ReconcileContext, deployment: Deployment) {
  const { store } = context;
  const { uid } = deployment.metadata;
  const { template } = deployment.spec;
  const hash = templateHash(template);
  const all = store
    .list<ReplicaSet>('replicasets', { owner: uid })
    .sort((one, other) => revisionOf(one) - revisionOf(other));
  const existing = all.find(
    ({ metadata }) => metadata.labels?.['pod-template-hash'] === hash,
  );
  const old = all.filter(candidate => candidate !== existing);
  const newest = Math.max(0, ...old.map(revisionOf));
  const number = String(
    existing && revisionOf(existing) > newest
      ? revisionOf(existing)
      : newest + 1,
  );
  annotate(context, deployment, { [REVISION_ANNOTATION]: number });
  const current = existing ?? createReplicaSet(context, deployment, hash, old);
  const annotations = {
    ...replicaSetAnnotations(deployment),
    [REVISION_ANNOTATION]: number,
  };
  return { current: annotate(context, current, annotations), old };
}

function createReplicaSet(
  context: ReconcileContext,
  deployment: Deployment,
  hash: string,
  old: ReplicaSet[],
): ReplicaSet {
  const { name, namespace } = deployment.metadata;
  const { template, selector } = deployment.spec;
  const labels = { ...template.metadata?.labels, 'pod-template-hash': hash };
  const matchLabels = selector.matchLabels as
    | Record<string, string>
    | undefined;
  const replicas = initialReplicas(deployment, old);
  const created = context.store.create<ReplicaSet>({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: replicaSetAnnotations(deployment),
      ownerReferences: [ownerReference(deployment)],
    },
    spec: {
      replicas,
      selector: {
        ...selector,
        matchLabels: { ...matchLabels, 'pod-template-hash': hash },
      },
      template: { ...template, metadata: { ...template.metadata, labels } },
    },
  });
  if (replicas > 0) {
    recordScaling(context, deployment, created, 0);
  }
  return created;
}

/** Replicas of a new ReplicaSet: as many as `maxSurge` allows besides those of the old ones. */
function initialReplicas(deployment: Deployment, old: ReplicaSet[]): number {
  const { replicas, strategy, paused } = deployment.spec;
  if (strategy.type === 'Recreate' || paused) {
    return 0;
  }
  const { surge } = rollingLimits(deployment);
  const capacity = replicas + surge - sum(old, set => set.spec.replicas);
  return Math.max(0, Math.min(replicas, capacity));
}

/** Annotations of a Deployment's ReplicaSets. */
function replicaSetAnnotations(deployment: Deployment): Record<string, string> {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([name]) => !UNCOPIED_ANNOTATIONS.includes(name),
  );
  const { replicas } = deployment.spec;
  const { surge } = rollingLimits(deployment);
  return {
    ...Object.fromEntries(copied),
    'deployment.kubernetes.io/desired-replicas': String(replicas),
    'deployment.kubernetes.io/max-replicas': String(replicas + surge),
  };
}

function annotate<T extends Deployment | ReplicaSet>(
  context: ReconcileContext,
  object: T,
  annotations: Record<string, string>,
): T {
  return context.store.update<T>({
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, ...annotations },
    },
  });
}

function revisionOf(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations?.[REVISION_ANNOTATION] ?? 0);
}

/** Performs one step of a rollout within the limits of `maxSurge` and `maxUnavailable`. */
function rollOut(
  context: ReconcileContext,
  deployment: Deployment,
  current: ReplicaSet,
  old: ReplicaSet[],
): void {
  const { replicas, strategy } = deployment.spec;
  const all = [...old, current];
  const total = sum(all, set => set.spec.replicas);
  if (strategy.type === 'Recreate') {
    old.forEach(set => scaleReplicaSet(context, deployment, set, 0));
    if (sum(old, set => count(set, 'status.replicas')) === 0) {
      scaleReplicaSet(context, deployment, current, replicas);
    }
    return;
  }
  const { surge, unavailable } = rollingLimits(deployment);
  const capacity = Math.max(0, replicas + surge - total);
  const target = Math.min(replicas, current.spec.replicas + capacity);
  scaleReplicaSet(context, deployment, current, target);

  const minimum = replicas - unavailable;
  const starting = target - count(current, 'status.availableReplicas');
  let removable = total - current.spec.replicas + target - minimum - starting;
  let dispensable = sum(all, availableReplicas) - minimum;
  // Remove unavailable old pods first, because removing them does not reduce availability.
  for (const set of [...old].sort(
    (one, other) => availableReplicas(one) - availableReplicas(other),
  )) {
    const serving = Math.min(availableReplicas(set), set.spec.replicas);
    const idle = Math.max(0, Math.min(removable, set.spec.replicas - serving));
    const further = Math.max(
      0,
      Math.min(serving, removable - idle, dispensable),
    );
    removable -= idle + further;
    dispensable -= further;
    scaleReplicaSet(
      context,
      deployment,
      set,
      set.spec.replicas - idle - further,
    );
  }
}

function availableReplicas(set: ReplicaSet): number {
  return count(set, 'status.availableReplicas');
}

function sum(sets: ReplicaSet[], amount: (set: ReplicaSet) => number): number {
  return sets.reduce((total, set) => total + amount(set), 0);
}

function scaleReplicaSet(
  context: ReconcileContext,
  deployment: Deployment,
  set: ReplicaSet,
  replicas: number,
): void {
  const before = set.spec.replicas;
  if (before === replicas) {
    return;
  }
  recordScaling(
    context,
    deployment,
    context.store.update({ ...set, spec: { ...set.spec, replicas } }),
    before,
  );
}

function recordScaling(
  context: ReconcileContext,
  deployment: Deployment,
  set: ReplicaSet,
  before: number,
): void {
  const { replicas } = set.spec;
  const direction = replicas > before ? 'up' : 'down';
  recordEvent(context, deployment, {
    reason: 'ScalingReplicaSet',
    message: `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${replicas}`,
    component: 'deployment-controller',
  });
}

/** Deletes scaled-down ReplicaSets beyond `revisionHistoryLimit`. */
function deleteOldReplicaSets(
  context: ReconcileContext,
  deployment: Deployment,
  old: ReplicaSet[],
): void {
  const empty = old.filter(
    set => set.spec.replicas === 0 && count(set, 'status.replicas') === 0,
  );
  empty
    .slice(0, Math.max(0, empty.length - deployment.spec.revisionHistoryLimit))
    .forEach(set => context.store.delete(set));
}
