import type {
  ClusterStore,
  MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { Feature } from '../Feature';
import { CapacityReader } from './CapacityReader';
import { createCapacityRoutes } from './capacityRoutes';
import { CostReader } from './cost/CostReader';
import { createCostRoutes } from './cost/costRoutes';
import { QuotaReader } from './quota/QuotaReader';
import { createQuotaRoutes } from './quota/quotaRoutes';
import { NamespaceUsage } from './usage/NamespaceUsage';

/** The capacity feature: resources of node pools, use of quotas, and cost. */
export function createCapacity(options: {
  config: MlPlatformConfig;
  store: ClusterStore;
}): Feature {
  const { config, store } = options;
  const capacity = new CapacityReader({ store, config });
  const usage = new NamespaceUsage({ store });
  return {
    routes: [
      ...createCapacityRoutes({ capacity }),
      ...createQuotaRoutes({
        quota: new QuotaReader({ store, config, usage }),
      }),
      ...createCostRoutes({
        cost: new CostReader({ store, config, usage, capacity }),
      }),
    ],
  };
}
