import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import {
  MAX_ENVIRONMENT_LENGTH,
  type Environment,
  type Prices,
} from '@internal/plugin-ml-platform-common';
import { DEFAULT_GPU_NAMES, type GpuNames } from '../gpus/gpuNames';
import { readPrices } from './prices';
import { readServiceCallers, type ServiceCaller } from './serviceCallers';

/** The `mlPlatform` section of app-config; documented in config.d.ts of ml-platform-common. */
export interface MlPlatformConfig {
  sandbox: boolean;
  repository: {
    url: string;
    branch: string;
    /** Without slashes at either end; empty for the repository's root. */
    rootDirectory: string;
    pollSeconds: number;
    trailerSecret?: string;
    /** Login of the portal's account on the forge. */
    account?: string;
  };
  changeRequests: { pollSeconds: number; webhookSecret?: string };
  environments: Environment[];
  promotions: {
    /** Allows promotions past the next environment. */
    maySkip: boolean;
  };
  /** Services that may request changes. */
  serviceCallers: ServiceCaller[];
  groups: { platform: string; security: string };
  /** Node labels with the name of the pool, in order of precedence. */
  nodePoolLabels: string[];
  gpus: GpuNames;
  /** Absent: the portal shows no cost. */
  prices?: Prices;
  grafana?: { url: string; publicUrl: string; token?: string };
  runs: {
    /** Days to keep a training run after its Job was deleted. */
    keepDays: number;
  };
  findings: { staleAfterHours: number };
}

const NODE_POOL_LABELS = [
  'ml-platform.io/pool',
  'karpenter.sh/nodepool',
  'eks.amazonaws.com/nodegroup',
];

/**
 * Reads and validates the `mlPlatform` section.
 *
 * @throws InputError naming the key that is missing or inconsistent.
 */
export function readMlPlatformConfig(rootConfig: Config): MlPlatformConfig {
  const config = rootConfig.getConfig('mlPlatform');
  const repository = config.getConfig('repository');
  const environments = config
    .getConfigArray('environments')
    .map(environment => ({
      name: environment.getString('name'),
      cluster: environment.getString('cluster'),
      namespaceSuffix: environment.getOptionalString('namespaceSuffix') ?? '',
    }));
  checkEnvironments(environments);
  const grafana = config.getOptionalConfig('grafana');
  const prices = config.getOptionalConfig('prices');
  const changeRequests = config.getOptionalConfig('changeRequests');
  return {
    sandbox: config.getOptionalBoolean('sandbox') ?? false,
    repository: {
      url: repository.getString('url'),
      branch: repository.getOptionalString('branch') ?? 'main',
      rootDirectory: (
        repository.getOptionalString('rootDirectory') ?? ''
      ).replace(/^\/+|\/+$/g, ''),
      pollSeconds: repository.getOptionalNumber('pollSeconds') ?? 10,
      trailerSecret: repository.getOptionalString('trailerSecret'),
      account: repository.getOptionalString('account'),
    },
    changeRequests: {
      pollSeconds: changeRequests?.getOptionalNumber('pollSeconds') ?? 30,
      webhookSecret: changeRequests?.getOptionalString('webhookSecret'),
    },
    environments,
    promotions: {
      maySkip: config.getOptionalBoolean('promotions.maySkip') ?? false,
    },
    serviceCallers: readServiceCallers(rootConfig),
    groups: {
      platform: config.getString('groups.platform'),
      security: config.getString('groups.security'),
    },
    nodePoolLabels:
      config.getOptionalStringArray('nodePools.labels') ?? NODE_POOL_LABELS,
    gpus: {
      resourceNames:
        config.getOptionalStringArray('gpus.resourceNames') ??
        DEFAULT_GPU_NAMES.resourceNames,
      deviceClasses:
        config.getOptionalStringArray('gpus.deviceClasses') ??
        DEFAULT_GPU_NAMES.deviceClasses,
    },
    prices: prices && readPrices(prices),
    grafana: grafana && {
      url: grafana.getString('url'),
      publicUrl:
        grafana.getOptionalString('publicUrl') ?? grafana.getString('url'),
      token: grafana.getOptionalString('token'),
    },
    runs: { keepDays: config.getOptionalNumber('runs.keepDays') ?? 400 },
    findings: {
      staleAfterHours:
        config.getOptionalNumber('findings.staleAfterHours') ?? 72,
    },
  };
}

function checkEnvironments(environments: Environment[]) {
  const seen = new Set<string>();
  for (const { name, cluster, namespaceSuffix } of environments) {
    if (
      !/^[a-z][a-z0-9]*$/.test(name) ||
      name.length > MAX_ENVIRONMENT_LENGTH
    ) {
      throw new InputError(
        `mlPlatform.environments: "${name}" must be 1 to ${MAX_ENVIRONMENT_LENGTH} lower-case letters and digits`,
      );
    }
    const destination = `${cluster}/${namespaceSuffix}`;
    if (seen.has(name) || seen.has(destination)) {
      throw new InputError(
        `mlPlatform.environments: "${name}" has the same name, or the same cluster and namespaceSuffix, as another environment`,
      );
    }
    seen.add(name).add(destination);
  }
}
