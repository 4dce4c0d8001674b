import { copyFile, mkdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import type { Platform } from '../Platform';
import { freePorts } from '../processes/freePorts';
import { expectListening } from '../processes/expectListening';
import { expectSuccess } from '../processes/waitUntil';
import { ARGOCD_NAMESPACE } from './configuration';

const PROGRAMS = [
  'argocd-server',
  'argocd-repo-server',
  'argocd-application-controller',
  'argocd-applicationset-controller',
];

/** Creates a directory with Argo CD's programs, which are all links to one binary that checks its own name. */
export async function createPrograms(
  platform: Platform,
  systems: BuiltSystems,
): Promise<string> {
  const bin = join(platform.directory, 'argocd-bin');
  await mkdir(bin);
  const argocd = join(systems.argocd, 'bin/argocd');
  for (const name of ['argocd', ...PROGRAMS]) {
    await symlink(argocd, join(bin, name));
  }
  await symlink(
    join(systems.kustomize, 'bin/kustomize'),
    join(bin, 'kustomize'),
  );
  await copyFile(
    join(systems.argocd, 'share/git-verify-wrapper.sh'),
    join(bin, 'git-verify-wrapper.sh'),
  );
  return bin;
}

/** Starts Redis and Argo CD's four processes. */
export async function startProcesses(
  platform: Platform,
  options: { bin: string; kubeconfig: string; port: number },
): Promise<void> {
  const { processes } = platform;
  const { bin, port } = options;
  const ports = await freePorts([
    'redis',
    'repository',
    'repositoryMetrics',
    'controllerMetrics',
    'serverMetrics',
    'setMetrics',
    'setProbe',
    'setWebhook',
  ]);
  const loopback = (number: number) => `127.0.0.1:${number}`;
  const environment = await createEnvironment(platform, options);
  const start = (name: string, args: string[], ready: string) =>
    processes.start({
      name,
      rank: 'client',
      command: join(bin, name),
      args,
      environment,
      ready: () => expectSuccess(`http://${ready}`),
    });
  const redis = `--redis=${loopback(ports.redis)}`;
  const repositoryServer = loopback(ports.repository);

  await processes.start({
    name: 'redis',
    rank: 'client',
    command: 'redis-server',
    args: [
      '--bind',
      '127.0.0.1',
      '--port',
      String(ports.redis),
      '--save',
      '',
      '--appendonly',
      'no',
      '--dir',
      platform.directory,
      // `down` identifies processes by their arguments.
      '--set-proc-title',
      'no',
    ],
    ready: () => expectListening(ports.redis),
  });
  await Promise.all([
    start(
      'argocd-repo-server',
      [
        '--address=127.0.0.1',
        `--port=${ports.repository}`,
        '--metrics-address=127.0.0.1',
        `--metrics-port=${ports.repositoryMetrics}`,
        '--disable-tls',
        // Its default contradicts --disable-tls.
        '--client-ca-path=',
        redis,
      ],
      `${loopback(ports.repositoryMetrics)}/healthz`,
    ),
    start(
      'argocd-application-controller',
      [
        `--namespace=${ARGOCD_NAMESPACE}`,
        redis,
        `--repo-server=${repositoryServer}`,
        '--repo-server-plaintext',
        `--metrics-port=${ports.controllerMetrics}`,
        '--app-resync=30',
        '--app-resync-jitter=0',
      ],
      `${loopback(ports.controllerMetrics)}/healthz`,
    ),
    start(
      'argocd-server',
      [
        `--namespace=${ARGOCD_NAMESPACE}`,
        '--address=127.0.0.1',
        `--port=${port}`,
        '--metrics-address=127.0.0.1',
        `--metrics-port=${ports.serverMetrics}`,
        '--insecure',
        redis,
        `--repo-server=${repositoryServer}`,
        '--repo-server-plaintext',
      ],
      `${loopback(port)}/healthz`,
    ),
    start(
      'argocd-applicationset-controller',
      [
        `--namespace=${ARGOCD_NAMESPACE}`,
        `--argocd-repo-server=${repositoryServer}`,
        '--repo-server-plaintext',
        `--metrics-addr=${loopback(ports.setMetrics)}`,
        `--probe-addr=${loopback(ports.setProbe)}`,
        `--webhook-addr=${loopback(ports.setWebhook)}`,
      ],
      `${loopback(ports.setMetrics)}/metrics`,
    ),
  ]);
}

async function createEnvironment(
  { directory, environment }: Platform,
  { bin, kubeconfig }: { bin: string; kubeconfig: string },
): Promise<Record<string, string>> {
  const folders: Record<string, string> = {
    TMPDIR: join(directory, 'argocd-tmp'),
    ARGOCD_GNUPGHOME: join(directory, 'argocd-gnupg'),
    ARGOCD_GPG_DATA_PATH: join(directory, 'argocd-gpg'),
    ARGOCD_TLS_DATA_PATH: join(directory, 'argocd-tls'),
    ARGOCD_SSH_DATA_PATH: join(directory, 'argocd-ssh'),
  };
  await Promise.all(Object.values(folders).map(folder => mkdir(folder)));
  return {
    ...folders,
    PATH: `${bin}:${environment.PATH}`,
    KUBECONFIG: kubeconfig,
    // Resolves https://kubernetes.default.svc to the cluster of this kubeconfig.
    ARGOCD_FAKE_IN_CLUSTER: 'true',
    ARGOCD_GPG_ENABLED: 'false',
    // The default is one path per machine, which several repo-servers would share.
    ARGOCD_ASK_PASS_SOCK: join(directory, 'argocd-ask-pass.sock'),
  };
}
