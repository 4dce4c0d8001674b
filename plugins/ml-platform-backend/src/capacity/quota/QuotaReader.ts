import type {
  Environment,
  EnvironmentQuota,
  QuotaConsumer,
  quotaQuerySchema,
  TeamQuota,
} from '@internal/plugin-ml-platform-common';
import {
  addRequests,
  gpuAmounts,
  NO_REQUESTS,
  wholeGpus,
  type ClusterStore,
  type MlPlatformConfig,
  type ResourceRequests,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { FreshnessTracker } from '../../kubernetes/FreshnessTracker';
import {
  USAGE_TYPES,
  type NamespaceUsage,
  type WorkloadUsage,
} from '../usage/NamespaceUsage';
import { selectEnvironments, usageNamespaces } from '../usage/usageNamespaces';
import { tightestResources } from './tightestResources';

type ParsedQuotaQuery = z.output<typeof quotaQuerySchema>;

interface QuotaReaderOptions {
  store: ClusterStore;
  config: MlPlatformConfig;
  usage: NamespaceUsage;
}

/** Reads the quota of a team in each environment, its use, and the workloads that use it. */
export class QuotaReader {
  readonly #options: QuotaReaderOptions;

  constructor(options: QuotaReaderOptions) {
    this.#options = options;
  }

  /** @throws InputError for an unknown environment. */
  async read(team: string, query: ParsedQuotaQuery): Promise<TeamQuota> {
    const { store, config } = this.#options;
    const reads = new FreshnessTracker({ store });
    const environments = await Promise.all(
      selectEnvironments(config.environments, query.environment).map(
        environment => this.#readEnvironment(reads, team, environment, query),
      ),
    );
    return { team, environments, freshness: reads.freshness() };
  }

  async #readEnvironment(
    reads: FreshnessTracker,
    team: string,
    environment: Environment,
    query: ParsedQuotaQuery,
  ): Promise<EnvironmentQuota> {
    const { name, cluster } = environment;
    const [owned] = await usageNamespaces(reads, environment, team);
    if (!owned) {
      return {
        environment: name,
        cluster,
        resources: [],
        consumers: [],
        consumersTotal: 0,
        limits: [],
      };
    }
    const { namespace } = owned;
    const [quotas, limitRanges, usages] = await Promise.all([
      reads.list(cluster, 'resourcequotas', { namespace }),
      reads.list(cluster, 'limitranges', { namespace }),
      this.#options.usage.get(cluster, namespace),
    ]);
    reads.track(cluster, ...USAGE_TYPES);
    const consumers = usages
      .map(toConsumer)
      .filter(({ pods }) => pods > 0)
      .sort(byMostUsed(query));
    return {
      environment: name,
      cluster,
      namespace,
      resources: tightestResources(quotas),
      consumers: consumers.slice(query.offset, query.offset + query.limit),
      consumersTotal: consumers.length,
      limits: limitRanges.flatMap(({ spec }) => spec.limits),
    };
  }
}

function toConsumer({ workload, byNode }: WorkloadUsage): QuotaConsumer {
  const sums = [...byNode.values()];
  const { millicores, memory, gpus } = sums.reduce<ResourceRequests>(
    (total, nodeSum) => addRequests(total, nodeSum),
    NO_REQUESTS,
  );
  return {
    workload,
    pods: sums.reduce((total, { pods }) => total + pods, 0),
    cpu: millicores / 1000,
    memory,
    gpus: wholeGpus(gpus),
    gpuAmounts: gpuAmounts(gpus),
  };
}

/** Orders consumers from most to least. Ties are broken by name, so that pages do not overlap. */
function byMostUsed({ sort }: ParsedQuotaQuery) {
  return (a: QuotaConsumer, b: QuotaConsumer) =>
    b[sort] - a[sort] || (a.workload ?? '').localeCompare(b.workload ?? '');
}
