import type { StoredObject } from '@internal/plugin-ml-platform-node';

/** Annotations with the revision, of a ReplicaSet and of its Deployment or Rollout. */
const REVISIONS = [
  'deployment.kubernetes.io/revision',
  'rollout.argoproj.io/revision',
];

/**
 * Uids of ReplicaSets without replicas that are earlier revisions. The current revision of a Deployment or Rollout that
 * is scaled to zero is none: it is what starts next.
 */
export function retiredReplicaSets(
  replicaSets: StoredObject[],
  owners: StoredObject[],
): Set<string> {
  const byUid = new Map(owners.map(owner => [owner.metadata.uid, owner]));
  const isCurrent = (replicaSet: StoredObject) =>
    (replicaSet.metadata.ownerReferences ?? []).some(({ uid }) => {
      const owner = byUid.get(uid);
      return (
        owner?.spec?.replicas === 0 &&
        revisionOf(owner) === revisionOf(replicaSet)
      );
    });
  return new Set(
    replicaSets
      .filter(
        replicaSet => replicaSet.spec?.replicas === 0 && !isCurrent(replicaSet),
      )
      .map(({ metadata }) => metadata.uid ?? ''),
  );
}

function revisionOf({ metadata }: StoredObject): string | undefined {
  return REVISIONS.map(name => metadata.annotations?.[name]).find(Boolean);
}
