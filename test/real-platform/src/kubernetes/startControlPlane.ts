import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import type { Platform } from '../Platform';
import { expectAnswer } from '../processes/waitUntil';
import { createCertificates, type Certificates } from './certificates';
import {
  createTokens,
  readerRole,
  toTokenFile,
  type ClusterTokens,
  type ClusterUser,
} from './clusterUsers';
import { Kubectl, writeKubeconfig } from './Kubectl';
import { freePorts } from '../processes/freePorts';

export interface ControlPlane {
  url: string;
  certificates: Certificates;
  tokens: ClusterTokens;
  /** As the administrator. */
  kubectl: Kubectl;
  /** The administrator's, for processes that take the file. */
  kubeconfig: string;
}

/** Starts etcd, the API server, the controllers and the scheduler. */
export async function startControlPlane(
  platform: Platform,
  systems: BuiltSystems,
): Promise<ControlPlane> {
  const { directory, processes, environment } = platform;
  const ports = await freePorts([
    'etcd',
    'peer',
    'api',
    'controllers',
    'scheduler',
  ]);
  const certificates = await createCertificates(directory);
  const tokens = createTokens();
  const tokenFile = join(directory, 'tokens.csv');
  await writeFile(tokenFile, toTokenFile(tokens), { mode: 0o600 });

  const url = `https://127.0.0.1:${ports.api}`;
  const kubeconfigOf = async (user: ClusterUser) => {
    const file = join(directory, `${user.replace(':', '-')}.kubeconfig`);
    await writeKubeconfig(file, {
      url,
      authorityFile: certificates.authority,
      token: tokens[user],
    });
    return file;
  };
  const kubeconfig = await kubeconfigOf('admin');
  const kubectl = Kubectl.create({ kubeconfig, environment });

  await startEtcd(platform, systems, ports);
  await processes.start({
    name: 'kube-apiserver',
    rank: 'server',
    command: join(systems.kubernetes, 'bin/kube-apiserver'),
    args: [
      `--etcd-servers=http://127.0.0.1:${ports.etcd}`,
      '--bind-address=127.0.0.1',
      `--secure-port=${ports.api}`,
      '--advertise-address=127.0.0.1',
      // A loopback address cannot be published as the endpoint of the service `kubernetes`.
      '--endpoint-reconciler-type=none',
      `--tls-cert-file=${certificates.serving}`,
      `--tls-private-key-file=${certificates.servingKey}`,
      `--client-ca-file=${certificates.authority}`,
      `--token-auth-file=${tokenFile}`,
      '--authorization-mode=RBAC',
      '--service-cluster-ip-range=10.96.0.0/16',
      '--service-account-issuer=https://kubernetes.default.svc',
      `--service-account-key-file=${certificates.serviceAccountKey}`,
      `--service-account-signing-key-file=${certificates.serviceAccountKey}`,
      '--allow-privileged=true',
      '--enable-admission-plugins=ExtendedResourceToleration',
      '--kubelet-preferred-address-types=InternalIP',
    ],
    ready: () => kubectl.run(['get', '--raw', '/readyz']),
  });
  await Promise.all([
    processes.start({
      name: 'kube-controller-manager',
      rank: 'client',
      command: join(systems.kubernetes, 'bin/kube-controller-manager'),
      args: [
        `--kubeconfig=${await kubeconfigOf('system:kube-controller-manager')}`,
        '--leader-elect=false',
        '--bind-address=127.0.0.1',
        `--secure-port=${ports.controllers}`,
        '--use-service-account-credentials',
        `--service-account-private-key-file=${certificates.serviceAccountKey}`,
        `--root-ca-file=${certificates.authority}`,
        `--cluster-signing-cert-file=${certificates.authority}`,
        `--cluster-signing-key-file=${certificates.authorityKey}`,
      ],
      ready: () => kubectl.run(['get', 'serviceaccount', 'default']),
    }),
    processes.start({
      name: 'kube-scheduler',
      rank: 'client',
      command: join(systems.kubernetes, 'bin/kube-scheduler'),
      args: [
        `--kubeconfig=${await kubeconfigOf('system:kube-scheduler')}`,
        '--leader-elect=false',
        '--bind-address=127.0.0.1',
        `--secure-port=${ports.scheduler}`,
        `--tls-cert-file=${certificates.serving}`,
        `--tls-private-key-file=${certificates.servingKey}`,
      ],
      ready: () =>
        kubectl.run([
          'get',
          '--raw',
          '/readyz',
          `--server=https://127.0.0.1:${ports.scheduler}`,
        ]),
    }),
    kubectl.applyObjects(readerRole),
  ]);
  return { url, certificates, tokens, kubectl, kubeconfig };
}

async function startEtcd(
  { directory, processes }: Platform,
  systems: BuiltSystems,
  ports: { etcd: number; peer: number },
): Promise<void> {
  const client = `http://127.0.0.1:${ports.etcd}`;
  const peer = `http://127.0.0.1:${ports.peer}`;
  await processes.start({
    name: 'etcd',
    rank: 'store',
    command: join(systems.etcd, 'bin/etcd'),
    args: [
      `--data-dir=${join(directory, 'etcd')}`,
      `--listen-client-urls=${client}`,
      `--advertise-client-urls=${client}`,
      `--listen-peer-urls=${peer}`,
      `--initial-advertise-peer-urls=${peer}`,
      `--initial-cluster=default=${peer}`,
      // The data goes away with the platform: nothing is lost by a power cut.
      '--unsafe-no-fsync',
    ],
    ready: () => expectAnswer(`${client}/readyz`),
  });
}
