import { count, type Fields } from '../kubernetes/KubernetesObject';
import { deploymentStatus } from './deploymentStatus';
import { ownerReference, templateHash } from './pods';
import { rollingLimits } from './rollingLimits';
import { type Controller, recordEvent, type World } from './World';
import type { Deployment, ReplicaSet } from './workloadTypes';

const REVISION = 'deployment.kubernetes.io/revision';
/** Annotations of a Deployment that its ReplicaSets do not take over. */
const OWN_ANNOTATIONS = [
  REVISION,
  'kubectl.kubernetes.io/last-applied-configuration',
];

/** Rolls every Deployment out, and tells in its status how far that is. */
export const reconcileDeployments: Controller = world => {
  for (const deployment of world.store.list<Deployment>('deployments')) {
    const { current, old } = replicaSetsOf(world, deployment);
    if (!deployment.spec.paused) {
      scale(world, deployment, current, old);
    }
    const status = deploymentStatus(
      world,
      deployment,
      replicaSetsOf(world, deployment),
    );
    world.store.setStatus(deployment, status as unknown as Fields);
    cleanUp(world, deployment, old);
  }
};

/** The ReplicaSet of the template as it is now, made when there is none, and those of earlier ones, oldest first. */
function replicaSetsOf(world: World, deployment: Deployment) {
  const { store } = world;
  const { uid } = deployment.metadata;
  const { template } = deployment.spec;
  const hash = templateHash(template);
  const all = store
    .list<ReplicaSet>('replicasets', { owner: uid })
    .sort((one, other) => revision(one) - revision(other));
  const existing = all.find(
    ({ metadata }) => metadata.labels?.['pod-template-hash'] === hash,
  );
  const old = all.filter(candidate => candidate !== existing);
  const newest = Math.max(0, ...old.map(revision));
  const number = String(
    existing && revision(existing) > newest ? revision(existing) : newest + 1,
  );
  annotate(world, deployment, { [REVISION]: number });
  const current = existing ?? createReplicaSet(world, deployment, hash, old);
  const annotations = { ...inherited(deployment), [REVISION]: number };
  return { current: annotate(world, current, annotations), old };
}

function createReplicaSet(
  world: World,
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
  const replicas = firstReplicas(deployment, old);
  const created = world.store.create<ReplicaSet>({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: {
      name: `${name}-${hash}`,
      namespace,
      labels,
      annotations: inherited(deployment),
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
    tellScaling(world, deployment, created, 0);
  }
  return created;
}

/** What a new ReplicaSet starts with: all, but for the pods of earlier ones that still count. */
function firstReplicas(deployment: Deployment, old: ReplicaSet[]): number {
  const { replicas, strategy, paused } = deployment.spec;
  if (strategy.type === 'Recreate' || paused) {
    return 0;
  }
  const { surge } = rollingLimits(deployment);
  const room = replicas + surge - sum(old, set => set.spec.replicas);
  return Math.max(0, Math.min(replicas, room));
}

/** What a ReplicaSet's annotations say of its Deployment. */
function inherited(deployment: Deployment): Record<string, string> {
  const own = Object.entries(deployment.metadata.annotations ?? {}).filter(
    ([name]) => !OWN_ANNOTATIONS.includes(name),
  );
  const { replicas } = deployment.spec;
  const { surge } = rollingLimits(deployment);
  return {
    ...Object.fromEntries(own),
    'deployment.kubernetes.io/desired-replicas': String(replicas),
    'deployment.kubernetes.io/max-replicas': String(replicas + surge),
  };
}

function annotate<T extends Deployment | ReplicaSet>(
  world: World,
  object: T,
  annotations: Record<string, string>,
): T {
  return world.store.update<T>({
    ...object,
    metadata: {
      ...object.metadata,
      annotations: { ...object.metadata.annotations, ...annotations },
    },
  });
}

function revision(replicaSet: ReplicaSet): number {
  return Number(replicaSet.metadata.annotations?.[REVISION] ?? 0);
}

/** One step of the rollout: no more pods than surge allows, no fewer available than asked for. */
function scale(
  world: World,
  deployment: Deployment,
  current: ReplicaSet,
  old: ReplicaSet[],
): void {
  const { replicas, strategy } = deployment.spec;
  const all = [...old, current];
  const total = sum(all, set => set.spec.replicas);
  if (strategy.type === 'Recreate') {
    old.forEach(set => resize(world, deployment, set, 0));
    if (sum(old, set => count(set, 'status.replicas')) === 0) {
      resize(world, deployment, current, replicas);
    }
    return;
  }
  const { surge, unavailable } = rollingLimits(deployment);
  const room = Math.max(0, replicas + surge - total);
  const wanted = Math.min(replicas, current.spec.replicas + room);
  resize(world, deployment, current, wanted);

  const minimum = replicas - unavailable;
  const starting = wanted - count(current, 'status.availableReplicas');
  let removable = total - current.spec.replicas + wanted - minimum - starting;
  let dispensable = sum(all, available) - minimum;
  // Old pods that do not serve go first: nobody misses them.
  for (const set of [...old].sort(
    (one, other) => available(one) - available(other),
  )) {
    const serving = Math.min(available(set), set.spec.replicas);
    const idle = Math.max(0, Math.min(removable, set.spec.replicas - serving));
    const further = Math.max(
      0,
      Math.min(serving, removable - idle, dispensable),
    );
    removable -= idle + further;
    dispensable -= further;
    resize(world, deployment, set, set.spec.replicas - idle - further);
  }
}

function available(set: ReplicaSet): number {
  return count(set, 'status.availableReplicas');
}

function sum(sets: ReplicaSet[], amount: (set: ReplicaSet) => number): number {
  return sets.reduce((total, set) => total + amount(set), 0);
}

function resize(
  world: World,
  deployment: Deployment,
  set: ReplicaSet,
  replicas: number,
): void {
  const before = set.spec.replicas;
  if (before === replicas) {
    return;
  }
  tellScaling(
    world,
    deployment,
    world.store.update({ ...set, spec: { ...set.spec, replicas } }),
    before,
  );
}

function tellScaling(
  world: World,
  deployment: Deployment,
  set: ReplicaSet,
  before: number,
): void {
  const { replicas } = set.spec;
  const direction = replicas > before ? 'up' : 'down';
  recordEvent(world, deployment, {
    reason: 'ScalingReplicaSet',
    message: `Scaled ${direction} replica set ${set.metadata.name} from ${before} to ${replicas}`,
    component: 'deployment-controller',
  });
}

/** Keeps only so many old revisions as there may be to go back to. */
function cleanUp(
  world: World,
  deployment: Deployment,
  old: ReplicaSet[],
): void {
  const empty = old.filter(
    set => set.spec.replicas === 0 && count(set, 'status.replicas') === 0,
  );
  empty
    .slice(0, Math.max(0, empty.length - deployment.spec.revisionHistoryLimit))
    .forEach(set => world.store.delete(set));
}
