import { join } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import type { Platform } from '../Platform';
import { freePorts } from '../processes/freePorts';
import type { ControlPlane } from './startControlPlane';

/** Starts the controller manager and the scheduler. */
export async function startControllers(
  { processes }: Platform,
  systems: BuiltSystems,
  { url, server, certificates, kubeconfigs }: ControlPlane,
): Promise<void> {
  const ports = await freePorts(['controllers', 'scheduler']);
  await Promise.all([
    processes.start({
      name: 'kube-controller-manager',
      rank: 'client',
      command: join(systems.kubernetes, 'bin/kube-controller-manager'),
      args: [
        `--kubeconfig=${kubeconfigs['system:kube-controller-manager']}`,
        '--leader-elect=false',
        '--bind-address=127.0.0.1',
        `--secure-port=${ports.controllers}`,
        '--use-service-account-credentials',
        `--service-account-private-key-file=${certificates.serviceAccountKey}`,
        `--root-ca-file=${certificates.authority}`,
        `--cluster-signing-cert-file=${certificates.authority}`,
        `--cluster-signing-key-file=${certificates.authorityKey}`,
      ],
      ready: () =>
        server.expectSuccess(
          `${url}/api/v1/namespaces/default/serviceaccounts/default`,
        ),
    }),
    processes.start({
      name: 'kube-scheduler',
      rank: 'client',
      command: join(systems.kubernetes, 'bin/kube-scheduler'),
      args: [
        `--kubeconfig=${kubeconfigs['system:kube-scheduler']}`,
        '--leader-elect=false',
        '--bind-address=127.0.0.1',
        `--secure-port=${ports.scheduler}`,
        `--tls-cert-file=${certificates.serving}`,
        `--tls-private-key-file=${certificates.servingKey}`,
      ],
      ready: () =>
        server.expectSuccess(`https://127.0.0.1:${ports.scheduler}/readyz`),
    }),
  ]);
}
