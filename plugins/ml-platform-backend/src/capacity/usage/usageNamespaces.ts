import { InputError } from '@backstage/errors';
import type { Environment } from '@internal/plugin-ml-platform-common';
import { ownerOfNamespace } from '@internal/plugin-ml-platform-node';
import type { FreshnessTracker } from '../../kubernetes/FreshnessTracker';

/** Namespace of a team in an environment, by labels that only the platform can set. */
export interface OwnedNamespace {
  cluster: string;
  namespace: string;
  team: string;
  environment: string;
}

/**
 * Selects the environment with the given name, or all environments when it is undefined.
 *
 * @throws InputError that lists the environments, for an unknown one.
 */
export function selectEnvironments(
  environments: Environment[],
  name: string | undefined,
): Environment[] {
  const selected = environments.filter(
    environment => name === undefined || environment.name === name,
  );
  if (selected.length === 0) {
    const names = environments.map(environment => environment.name).join(', ');
    throw new InputError(
      `There is no environment "${name}". Choose one of: ${names}`,
    );
  }
  return selected;
}

/** Lists the namespaces of an environment that belong to the given team, or to any. */
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
