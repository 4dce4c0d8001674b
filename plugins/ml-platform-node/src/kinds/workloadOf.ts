import { KUBERNETES_ID_LABEL } from '@internal/plugin-ml-platform-common';
import type { WithMetadata } from './metadata';

/** Ends cycles of owner references. */
const MAX_DEPTH = 5;

/**
 * Returns a function that finds the workload of an object: its label or, without one, the label of its closest owner.
 *
 * @param owners - possible owners, in the namespace of the objects.
 */
export function workloadOf(
  owners: WithMetadata[],
): (object: WithMetadata) => string | undefined {
  const byUid = new Map(owners.map(owner => [owner.metadata.uid, owner]));
  const find = (
    { metadata }: WithMetadata,
    depth: number,
  ): string | undefined => {
    const label = metadata.labels?.[KUBERNETES_ID_LABEL];
    if (label !== undefined || depth > MAX_DEPTH) {
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
