import type {
  Environment,
  EnvironmentQuota,
  QuotaConsumer,
  quotaQuerySchema,
  TeamQuota,
} from '@internal/plugin-ml-platform-common';
import {
  type ClusterStore,
  type MlPlatformConfig,
} from '@internal/plugin-ml-platform-node';
import type { z } from 'zod';
import { FreshnessTracker } from '../../kubernetes/FreshnessTracker';
import {
  USAGE_TYPES,
  type NamespaceUsage,
  type WorkloadUsage,
} from '../usage/NamespaceUsage';
import { usageNamespaces, selectEnvironments } from '../usage/teamNamespaces';
import { tightestResources } from './tightestResources';

type Query = z.output<typeof quotaQuerySchema>;

/** How much of its quotas a team uses, and which of its workloads do. */
export class QuotaReader {
  static create(options: {
    store: ClusterStore;
    config: MlPlatformConfig;
    usage: NamespaceUsage;
  }): QuotaReader {
    return new QuotaReader(options);
  }

  readonly #options: Parameters<typeof QuotaReader.create>[0];

  private constructor(options: Parameters<typeof QuotaReader.create>[0]) {
    this.#options = options;
  }

  /** @throws InputError for an environment that there is not. */
  async read(team: string, query: Query): Promise<TeamQuota> {
    const { store, config } = this.#options;
    const reads = new FreshnessTracker({ store });
    const environments = await Promise.all(
      selectEnvironments(config.environments, query.environment).map(
        environment => this.#environment(reads, team, environment, query),
      ),
    );
    return { team, environments, freshness: reads.freshness() };
  }

  async #environment(
    reads: FreshnessTracker,
    team: string,
    environment: Environment,
    query: Query,
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
      .map(consumerOf)
      .filter(({ pods }) => pods > 0)
      .sort(mostFirst(query));
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

function consumerOf({ workload, byNode }: WorkloadUsage): QuotaConsumer {
  const sums = [...byNode.values()];
  const sum = (key: 'pods' | 'millicores' | 'memory' | 'gpus') =>
    sums.reduce((total, each) => total + each[key], 0);
  return {
    workload,
    pods: sum('pods'),
    cpu: sum('millicores') / 1000,
    memory: sum('memory'),
    gpus: sum('gpus'),
  };
}

/** What is equal is in order of name, so that pages do not overlap. */
function mostFirst({ sort }: Query) {
  return (a: QuotaConsumer, b: QuotaConsumer) =>
    b[sort] - a[sort] || (a.workload ?? '').localeCompare(b.workload ?? '');
}
