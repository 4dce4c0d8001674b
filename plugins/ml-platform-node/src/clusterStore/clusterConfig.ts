import type { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import type { JsonObject } from '@backstage/types';
import { KubeConfig, type User } from '@kubernetes/client-node';

/** A configured cluster with its address and credentials. */
export interface ConfiguredCluster {
  name: string;
  kubeConfig: KubeConfig;
}

/**
 * Reads the clusters of the stock Kubernetes plugin from `kubernetes.clusterLocatorMethods`. The portal reads clusters with
 * its own read-only identity: a service account, or an AWS role for EKS.
 *
 * @throws InputError naming the cluster that is configured for another identity.
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
  switch (authProvider) {
    case 'serviceAccount':
      return readServiceAccount(config);
    case 'aws':
      return readAwsRole(cluster, config);
    default:
      throw new InputError(
        `kubernetes.clusterLocatorMethods: cluster "${cluster}" has authProvider "${authProvider}". The portal reads clusters with its own identity: set authProvider: serviceAccount, or aws for EKS`,
      );
  }
}

function readServiceAccount(config: Config): User {
  const token = config.getOptionalString('serviceAccountToken');
  if (token) {
    return { name: 'portal', token };
  }
  const inCluster = new KubeConfig();
  inCluster.loadFromCluster();
  return { ...inCluster.getCurrentUser(), name: 'portal' };
}

/** Uses the exec plugin that EKS documents, which needs the AWS CLI on the PATH. */
function readAwsRole(cluster: string, config: Config): User {
  const metadata = config.getOptional<JsonObject>('authMetadata') ?? {};
  const clusterName = metadata['kubernetes.io/x-k8s-aws-id'] ?? cluster;
  const role =
    metadata['kubernetes.io/aws-assume-role'] ??
    config.getOptionalString('assumeRole');
  return {
    name: 'portal',
    exec: {
      apiVersion: 'client.authentication.k8s.io/v1beta1',
      command: 'aws',
      args: [
        ...['eks', 'get-token', '--output', 'json'],
        ...['--cluster-name', String(clusterName)],
        ...(role ? ['--role-arn', String(role)] : []),
      ],
    },
  };
}
