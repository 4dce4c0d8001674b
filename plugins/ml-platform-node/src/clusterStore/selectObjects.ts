import { KUBERNETES_ID_LABEL } from '@internal/plugin-ml-platform-common';
import { ownerOf } from '../kinds/ownership';
import type { StoredObject } from '../kinds/StoredObject';
import type { ObjectFilter } from './ClusterStore';
import type { ObjectTable } from './ObjectTable';

/** Finds objects through the most selective index, and applies the rest of the filter to them. */
export function selectObjects(
  table: ObjectTable,
  filter: ObjectFilter,
  namespacesOf: (team: string, environment?: string) => string[],
): StoredObject[] {
  const { namespace, team, environment, workload, imageDigest } = filter;
  const labels = Object.entries({
    ...filter.labels,
    ...(workload !== undefined && { [KUBERNETES_ID_LABEL]: workload }),
  });
  const isOfTeam = teamTest(table, team, environment, namespacesOf);
  return candidates(table, filter, namespacesOf).filter(
    object =>
      (namespace === undefined || object.metadata.namespace === namespace) &&
      labels.every(([key, value]) => object.metadata.labels?.[key] === value) &&
      isOfTeam(object) &&
      (imageDigest === undefined ||
        table.has('imageDigest', imageDigest, object)),
  );
}

function candidates(
  table: ObjectTable,
  { namespace, team, environment, workload, imageDigest }: ObjectFilter,
  namespacesOf: (team: string, environment?: string) => string[],
): StoredObject[] {
  if (imageDigest !== undefined) {
    return table.byIndex('imageDigest', imageDigest) ?? [];
  }
  if (namespace !== undefined) {
    return table.inNamespace(namespace);
  }
  if (team !== undefined) {
    return (
      table.byIndex('team', team) ??
      namespacesOf(team, environment).flatMap(name => table.inNamespace(name))
    );
  }
  return workload === undefined
    ? table.all()
    : table.byIndex('workload', workload) ?? [];
}

function teamTest(
  table: ObjectTable,
  team: string | undefined,
  environment: string | undefined,
  namespacesOf: (team: string, environment?: string) => string[],
): (object: StoredObject) => boolean {
  if (team === undefined) {
    return () => true;
  }
  if (table.byIndex('team', team)) {
    return object =>
      table.has('team', team, object) &&
      (environment === undefined ||
        ownerOf(object)?.environment === environment);
  }
  const namespaces = new Set(namespacesOf(team, environment));
  return ({ metadata }) => namespaces.has(metadata.namespace ?? '');
}
