import type { Controller } from './ReconcileContext';

/** Deletes dependents of deleted owners, and the objects of deleted namespaces. */
export const collectGarbage: Controller = ({ store }) => {
  const all = store.all();
  const uids = new Set(all.map(({ metadata }) => metadata.uid));
  const namespaces = new Set(
    store.list('namespaces').map(({ metadata }) => metadata.name),
  );
  for (const object of all) {
    const { ownerReferences = [], namespace } = object.metadata;
    const isOrphan =
      ownerReferences.length > 0 &&
      !ownerReferences.some(({ uid }) => uids.has(uid));
    if (isOrphan || (namespace !== undefined && !namespaces.has(namespace))) {
      store.delete(object);
    }
  }
};
