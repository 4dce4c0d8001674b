import type { Controller } from './World';

/** Deletes what belonged to something that is gone: owners' dependents, and the content of namespaces. */
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
