import {
  workloadOf,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import type { NamespaceObjects } from '../../kubernetes/NamespaceObjects';

const OWNED_TYPES = [
  'deployments',
  'statefulSets',
  'daemonSets',
  'rollouts',
  'replicaSets',
  'cronJobs',
  'jobs',
  'pods',
] as const satisfies Array<keyof NamespaceObjects>;

/** Objects of one workload in one namespace. */
export type OwnedObjects = Pick<NamespaceObjects, (typeof OWNED_TYPES)[number]>;

/**
 * Groups the objects of a namespace by workload. Objects without a workload are omitted, and so are workloads of which
 * only ReplicaSets are left: those belong to a deleted Deployment.
 */
export function objectsByWorkload(
  objects: NamespaceObjects,
): Map<string, OwnedObjects> {
  const nameOf = workloadOf(
    OWNED_TYPES.filter(type => type !== 'pods').flatMap<WithMetadata>(
      type => objects[type],
    ),
  );
  const byWorkload = new Map<string, OwnedObjects>();
  for (const type of OWNED_TYPES) {
    for (const object of objects[type]) {
      const name = nameOf(object);
      if (name !== undefined) {
        const owned = byWorkload.get(name) ?? noObjects();
        byWorkload.set(name, owned);
        (owned[type] as WithMetadata[]).push(object);
      }
    }
  }
  for (const [name, { replicaSets, ...others }] of byWorkload) {
    if (Object.values(others).every(({ length }) => length === 0)) {
      byWorkload.delete(name);
    }
  }
  return byWorkload;
}

function noObjects(): OwnedObjects {
  return {
    deployments: [],
    statefulSets: [],
    daemonSets: [],
    rollouts: [],
    replicaSets: [],
    cronJobs: [],
    jobs: [],
    pods: [],
  };
}
