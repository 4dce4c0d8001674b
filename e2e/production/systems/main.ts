import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createCertificates,
  freePorts,
  startPostgres,
} from '@internal/real-platform';
import { startSandbox } from '@internal/sandbox';
import { addressOf, DOMAIN, logDirectory, root } from '../addresses';
import { startGateway, startProxy } from './gateway';
import { startIdentityProvider } from './identityProvider';

const secret = () => randomBytes(32).toString('hex');

const database = { name: 'portal', user: 'portal', password: secret() };
const client = {
  id: 'ml-platform-portal',
  secret: secret(),
  redirectUri: `${addressOf('portal')}/api/auth/oidc/handler/frame`,
};
const [forgeToken, kubernetesToken, grafanaToken] = [
  secret(),
  secret(),
  secret(),
];

/** Starts the portal as in production: real PostgreSQL and OpenID Connect; forge, cluster and Grafana are the sandbox's. */
async function main(): Promise<void> {
  if (!existsSync(join(root, 'packages/app/dist/index.html'))) {
    throw new Error('The app is not built. Run: yarn workspace app build');
  }
  const directory = await mkdtemp(join(tmpdir(), 'production-test-'));
  await mkdir(logDirectory, { recursive: true });
  const ports = await freePorts(['portal', 'id', 'proxy']);
  const certificates = await createCertificates(directory, [
    `DNS:*.${DOMAIN}`,
    'DNS:localhost',
  ]);
  const { serving: certificate, servingKey: key } = certificates;
  const postgres = await startPostgres({ tls: { certificate, key } });
  await postgres.execute(
    `create role ${database.user} login password '${database.password}'`,
  );
  await postgres.execute(
    `create database ${database.name} owner ${database.user}`,
  );
  const sandbox = await startSandbox({
    stateDirectory: join(directory, 'sandbox'),
    seedDirectories: {
      infra: join(root, 'infra'),
      templates: join(root, 'templates'),
    },
    logger: { info() {}, warn() {}, error() {} },
  });
  startIdentityProvider(ports.id, client);
  let ready = false;
  startGateway({
    certificate,
    key,
    isReady: () => ready,
    upstreams: {
      portal: { port: ports.portal },
      id: { port: ports.id },
      git: { port: portOf(sandbox.forgeUrl), token: forgeToken },
      kubernetes: {
        port: portOf(sandbox.kubernetesUrl),
        token: kubernetesToken,
      },
      grafana: { port: portOf(sandbox.grafanaUrl), token: grafanaToken },
    },
  });
  startProxy(ports.proxy);

  const portal = startPortal({
    // Besides the variables of app-config.production.yaml, only where this machine differs from a container.
    APP_CONFIG_backend_listen_port: `${ports.portal}`,
    GIT_SSL_CAINFO: certificates.authority,
    HTTPS_PROXY: `http://127.0.0.1:${ports.proxy}`,
    NODE_EXTRA_CA_CERTS: certificates.authority,
    ARGOCD_URL: addressOf('argocd'),
    CLUSTER_NAME: 'shared',
    COMMIT_EMAIL: `ml-platform@${DOMAIN}`,
    FORGE_HOST: new URL(addressOf('git')).host,
    FORGE_TOKEN: forgeToken,
    FORGE_USER: 'portal-bot',
    GRAFANA_TOKEN: grafanaToken,
    GRAFANA_URL: addressOf('grafana'),
    KUBERNETES_CA_FILE: certificates.authority,
    KUBERNETES_TOKEN: kubernetesToken,
    KUBERNETES_URL: addressOf('kubernetes'),
    OIDC_CLIENT_ID: client.id,
    OIDC_CLIENT_SECRET: client.secret,
    OIDC_METADATA_URL: addressOf('id'),
    ORGANIZATION_NAME: 'Acme Test',
    PLATFORM_REPOSITORY: 'acme/platform',
    PORTAL_URL: addressOf('portal'),
    POSTGRES_CA: readFileSync(certificates.authority, 'utf8'),
    POSTGRES_DATABASE: database.name,
    POSTGRES_HOST: `postgres.${DOMAIN}`,
    POSTGRES_PASSWORD: database.password,
    POSTGRES_PORT: `${postgres.port}`,
    POSTGRES_USER: database.user,
    SESSION_SECRET: secret(),
    TRAILER_SECRET: secret(),
    WEBHOOK_SECRET: secret(),
  });
  const stop = async () => {
    portal.removeAllListeners('exit').kill();
    await once(portal, 'exit');
    await sandbox.stop();
    await postgres.stop();
    await rm(directory, { recursive: true, force: true });
    process.exit(0);
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  await untilReady(
    `http://127.0.0.1:${ports.portal}/.backstage/health/v1/readiness`,
  );
  ready = true;
}

/** Runs the backend with the overlay for production, and serves the built app. */
function startPortal(variables: Record<string, string>) {
  const logFile = join(logDirectory, 'portal.log');
  const log = openSync(logFile, 'w');
  const portal = spawn(
    process.execPath,
    [
      ...[
        join(__dirname, '../resolveNames.cjs'),
        require.resolve('@backstage/cli-node/config/nodeTransform.cjs'),
      ].flatMap(file => ['--require', file]),
      'src/index.ts',
      ...['app-config.yaml', 'app-config.production.yaml'].flatMap(file => [
        '--config',
        join(root, file),
      ]),
    ],
    {
      cwd: join(root, 'packages/backend'),
      env: {
        HOME: process.env.HOME,
        PATH: process.env.PATH,
        NODE_ENV: 'production',
        ...variables,
      },
      stdio: ['ignore', log, log],
    },
  );
  closeSync(log);
  process.once('exit', () => portal.kill());
  portal.once('exit', code => {
    console.error(`The portal exited with ${code}. Its log is ${logFile}:`);
    console.error(readFileSync(logFile, 'utf8').slice(-4000));
    process.exit(1);
  });
  return portal;
}

async function untilReady(url: string): Promise<void> {
  const response = await fetch(url).catch(() => undefined);
  if (!response?.ok) {
    await new Promise(resolve => setTimeout(resolve, 500));
    await untilReady(url);
  }
}

const portOf = (url: string) => Number(new URL(url).port);

main().catch(error => {
  console.error(error);
  process.exit(1);
});
