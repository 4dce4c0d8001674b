import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import type { Platform } from '../Platform';
import { expectSuccess } from '../processes/waitUntil';
import { ApiServer } from './ApiServer';
import { createCertificates, type Certificates } from './certificates';
import {
  createTokens,
  readerRole,
  toTokenFile,
  type ClusterTokens,
} from './clusterUsers';
import { Kubectl } from './Kubectl';
import { writeKubeconfigs, type Kubeconfigs } from './writeKubeconfigs';
import { freePorts } from '../processes/freePorts';

export interface ControlPlane {
  url: string;
  certificates: Certificates;
  tokens: ClusterTokens;
  /** kubectl as the administrator. */
  kubectl: Kubectl;
  /** The API as the administrator, for frequent requests. */
  server: ApiServer;
  kubeconfigs: Kubeconfigs;
}

/** Starts etcd and the API server. */
export async function startControlPlane(
  platform: Platform,
  systems: BuiltSystems,
): Promise<ControlPlane> {
  const { directory, processes, environment } = platform;
  const ports = await freePorts(['etcd', 'peer', 'api']);
  const certificates = await createCertificates(directory);
  const tokens = createTokens();
  const tokenFile = join(directory, 'tokens.csv');
  await writeFile(tokenFile, toTokenFile(tokens), { mode: 0o600 });

  const url = `https://127.0.0.1:${ports.api}`;
  const kubeconfigs = await writeKubeconfigs(directory, {
    url,
    authorityFile: certificates.authority,
    tokens,
  });
  const kubectl = new Kubectl({
    kubeconfig: kubeconfigs.admin,
    environment,
  });
  const server = new ApiServer({
    authority: await readFile(certificates.authority, 'utf8'),
    token: tokens.admin,
  });

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
      // A loopback address cannot be an endpoint of the Service `kubernetes`.
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
    ready: () => server.expectSuccess(`${url}/readyz`),
  });
  await kubectl.applyObjects(readerRole);
  return { url, server, certificates, tokens, kubectl, kubeconfigs };
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
      // The data is temporary.
      '--unsafe-no-fsync',
    ],
    ready: () => expectSuccess(`${client}/readyz`),
  });
}
