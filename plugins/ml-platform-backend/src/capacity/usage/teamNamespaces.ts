import { InputError } from '@backstage/errors';
import type { Environment } from '@internal/plugin-ml-platform-common';
import { ownerOfNamespace } from '@internal/plugin-ml-platform-node';
import type { FreshnessTracker } from '../../kubernetes/FreshnessTracker';

/** A namespace that the platform gave to a team for an environment. */
export interface OwnedNamespace {
  cluster: string;
  namespace: string;
  team: string;
  environment: string;
}

/**
 * The environment by that name, or all of them.
 *
 * @throws InputError naming the environments, for one that there is not.
 */
export function selectEnvironments(
  environments: Environment[],
  name: string | undefined,
): Environment[] {
  const selected = environments.filter(
    each => name === undefined || each.name === name,
  );
  if (selected.length === 0) {
    const names = environments.map(each => each.name).join(', ');
    throw new InputError(
      `There is no environment "${name}". Choose one of: ${names}`,
    );
  }
  return selected;
}

/** Namespaces of an environment, of one team or of all. */
export async function usageNamespaces(
  reads: FreshnessTracker,
  { name, cluster }: Environment,
  team?: string,
): Promise<OwnedNamespace[]> {
  const namespaces = await reads.listStored(cluster, 'namespaces', { team });
  return namespaces.flatMap(namespace => {
    const owner = ownerOfNamespace(namespace);
    return owner?.environment === name
      ? [{ cluster, namespace: namespace.metadata.name, ...owner }]
      : [];
  });
}
