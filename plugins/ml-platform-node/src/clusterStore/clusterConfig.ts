import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { KubeConfig, type User } from '@kubernetes/client-node';

/** A configured cluster, and how to reach it. */
export interface ConfiguredCluster {
  name: string;
  kubeConfig: KubeConfig;
}

/**
 * Reads the clusters that the stock Kubernetes plugin reads, so that there is one list of them.
 * The portal reads clusters with its own read-only identity, hence service accounts only.
 *
 * @throws InputError naming the cluster when it cannot be reached that way.
 */
export function readClusters(rootConfig: Config): ConfiguredCluster[] {
  return (
    rootConfig.getOptionalConfigArray('kubernetes.clusterLocatorMethods') ?? []
  )
    .filter(method => method.getString('type') === 'config')
    .flatMap(method => method.getConfigArray('clusters'))
    .map(readCluster);
}

function readCluster(config: Config): ConfiguredCluster {
  const name = config.getString('name');
  const server = config.getString('url').replace(/\/+$/, '');
  const skipTLSVerify = config.getOptionalBoolean('skipTLSVerify') ?? false;
  if (server.startsWith('http:') && !skipTLSVerify) {
    throw new InputError(
      `kubernetes.clusterLocatorMethods: cluster "${name}" has an http:// url. Use https://, or set skipTLSVerify: true for a cluster on this machine`,
    );
  }
  const kubeConfig = new KubeConfig();
  kubeConfig.loadFromClusterAndUser(
    {
      name,
      server,
      skipTLSVerify,
      caData: config.getOptionalString('caData'),
      caFile: config.getOptionalString('caFile'),
    },
    readUser(name, config),
  );
  return { name, kubeConfig };
}

function readUser(cluster: string, config: Config): User {
  const authProvider = config.getOptionalString('authProvider');
  if (authProvider !== 'serviceAccount') {
    throw new InputError(
      `kubernetes.clusterLocatorMethods: cluster "${cluster}" has authProvider "${authProvider}". The portal reads clusters with its own identity: set authProvider: serviceAccount`,
    );
  }
  const token = config.getOptionalString('serviceAccountToken');
  if (token) {
    return { name: 'portal', token };
  }
  const inCluster = new KubeConfig();
  inCluster.loadFromCluster();
  return { ...inCluster.getCurrentUser(), name: 'portal' };
}
