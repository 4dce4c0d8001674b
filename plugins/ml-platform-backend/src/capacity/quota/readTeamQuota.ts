import type {
  Environment,
  QuotaResource,
} from '@internal/plugin-ml-platform-common';
import type { FreshnessTracker } from '../../kubernetes/FreshnessTracker';
import { usageNamespaces } from '../usage/usageNamespaces';
import { tightestResources } from './tightestResources';

/** Reads a team's quota of CPU, memory and GPU requests in an environment; empty without one. */
export async function readTeamQuota(
  reads: FreshnessTracker,
  team: string,
  environment: Environment,
): Promise<QuotaResource[]> {
  const [owned] = await usageNamespaces(reads, environment, team);
  if (!owned) {
    return [];
  }
  const { cluster, namespace } = owned;
  return tightestResources(
    await reads.list(cluster, 'resourcequotas', { namespace }),
  ).filter(
    // A quota with scopes is for some of the pods only.
    ({ resource, kind, scopes }) =>
      scopes.length === 0 &&
      (kind === 'gpu' ||
        resource === 'requests.cpu' ||
        resource === 'requests.memory'),
  );
}
