import {
  workloadOf,
  type WithMetadata,
} from '@internal/plugin-ml-platform-node';
import type { NamespaceObjects } from '../../kubernetes/NamespaceObjects';

const OWNED = [
  'deployments',
  'statefulSets',
  'daemonSets',
  'rollouts',
  'replicaSets',
  'cronJobs',
  'jobs',
  'pods',
] as const satisfies Array<keyof NamespaceObjects>;

/** The objects of one workload in one namespace. */
export type OwnedObjects = Pick<NamespaceObjects, (typeof OWNED)[number]>;

/** Objects by workload; what is of no workload is in none. A workload of old ReplicaSets alone is gone. */
export function objectsByWorkload(
  objects: NamespaceObjects,
): Map<string, OwnedObjects> {
  const nameOf = workloadOf(
    OWNED.filter(type => type !== 'pods').flatMap<WithMetadata>(
      type => objects[type],
    ),
  );
  const found = new Map<string, OwnedObjects>();
  for (const type of OWNED) {
    for (const object of objects[type]) {
      const name = nameOf(object);
      if (name !== undefined) {
        const owned = found.get(name) ?? noObjects();
        found.set(name, owned);
        (owned[type] as WithMetadata[]).push(object);
      }
    }
  }
  for (const [name, { replicaSets, ...others }] of found) {
    if (Object.values(others).every(({ length }) => length === 0)) {
      found.delete(name);
    }
  }
  return found;
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
