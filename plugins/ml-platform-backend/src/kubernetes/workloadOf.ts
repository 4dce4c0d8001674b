import { KUBERNETES_ID_LABEL } from '@internal/plugin-ml-platform-common';
import type { StoredObject } from '@internal/plugin-ml-platform-node';

/** An object is of a workload by its label or, without one, by that of what owns it. */
export function workloadsOf(
  owners: StoredObject[],
): (object: StoredObject) => string | undefined {
  const byUid = new Map(owners.map(owner => [owner.metadata.uid, owner]));
  const find = (
    { metadata }: StoredObject,
    depth: number,
  ): string | undefined => {
    const label = metadata.labels?.[KUBERNETES_ID_LABEL];
    if (label !== undefined || depth > byUid.size) {
      return label;
    }
    for (const { uid } of metadata.ownerReferences ?? []) {
      const owner = byUid.get(uid);
      const workload = owner && find(owner, depth + 1);
      if (workload !== undefined) {
        return workload;
      }
    }
    return undefined;
  };
  return object => find(object, 0);
}
