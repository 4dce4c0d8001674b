import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Config } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import { portalEnvironment } from '@internal/real-platform';
import {
  readClusters,
  readMlPlatformConfig,
} from '@internal/plugin-ml-platform-node';

const ROOT = resolve(__dirname, '../../..');

const unused = { username: '', password: '', token: '' };

/** The environment that the real platform and the scripts for the Kind cluster set for the portal. */
const ENVIRONMENT = portalEnvironment({
  kubernetes: {
    url: 'https://127.0.0.1:1002',
    caFile: '/authority.crt',
    adminToken: 'admin-token',
    readerToken: 'reader-token',
    outsiderToken: 'outsider-token',
    kubeconfig: '/admin.kubeconfig',
  },
  gitea: {
    url: 'http://127.0.0.1:1001',
    repositoryUrl: 'http://127.0.0.1:1001/acme/platform.git',
    accounts: {
      'portal-bot': { ...unused, token: 'gitea-token' },
      'platform-engineer': unused,
      argocd: unused,
    },
  },
  argocd: {
    url: 'http://127.0.0.1:1003',
    adminPassword: 'admin-password',
    viewerToken: 'viewer-token',
    webhook: { url: 'http://127.0.0.1:1003/api/webhook', secret: '' },
  },
});

/** Loads app-config.yaml and the overlay as the backend does, without the environment of this machine. */
async function load(target: string): Promise<Config> {
  return ConfigSources.toConfig(
    ConfigSources.default({
      argv: ['app-config.yaml', `app-config.${target}.yaml`].flatMap(file => [
        '--config',
        join(ROOT, file),
      ]),
      env: {},
      substitutionFunc: async name => ENVIRONMENT[name],
    }),
  );
}

/** All values by path, for example `backend.reading.allow.0.host`. */
function leaves(value: unknown, path: string[] = []): Map<string, unknown> {
  if (typeof value !== 'object' || value === null) {
    return new Map([[path.join('.'), value]]);
  }
  return new Map(
    Object.entries(value).flatMap(([key, each]) => [
      ...leaves(each, [...path, key]),
    ]),
  );
}

it('differ between Kind and the real platform in addresses and names only', async () => {
  const real = leaves((await load('real')).get());
  const kind = leaves((await load('kind')).get());
  const paths = [...new Set([...real.keys(), ...kind.keys()])].sort();
  const differences = paths
    .filter(path => real.get(path) !== kind.get(path))
    .map(path => [path, real.get(path), kind.get(path)]);

  const [gitea, kindGitea] = ['127.0.0.1:1001', '127.0.0.1:7020'];
  const platform = 'acme/platform';
  const catalog = `${platform}/src/branch/main/infra/catalog/catalog-info.yaml`;
  const template = `${platform}/src/branch/main/templates/catalog-info.yaml`;
  const onGitea = (path: string) => [
    `http://${gitea}${path}`,
    `http://${kindGitea}${path}`,
  ];
  const instance = 'argocd.appLocatorMethods.0.instances.0';
  const cluster = 'kubernetes.clusterLocatorMethods.0.clusters.0';
  const database = 'backend.database.connection.directory';
  const directories = [
    '../../.data/real/database',
    '../../.data/kind/database',
  ];
  expect(differences).toEqual([
    // The Go module of Argo CD does not contain its web pages.
    [`${instance}.frontendUrl`, undefined, 'http://127.0.0.1:7022'],
    [`${instance}.url`, 'http://127.0.0.1:1003', 'http://127.0.0.1:7022'],
    [database, ...directories],
    ['backend.reading.allow.0.host', gitea, kindGitea],
    ['catalog.locations.0.target', ...onGitea(`/${catalog}`)],
    ['catalog.locations.1.target', ...onGitea(`/${template}`)],
    ['integrations.gitea.0.baseUrl', ...onGitea('')],
    ['integrations.gitea.0.host', gitea, kindGitea],
    [`${cluster}.name`, 'real', 'kind'],
    [`${cluster}.title`, 'Real control plane', 'Kind'],
    [`${cluster}.url`, 'https://127.0.0.1:1002', 'https://127.0.0.1:7021'],
    ...[0, 1, 2, 3].map(index => [
      `mlPlatform.environments.${index}.cluster`,
      'real',
      'kind',
    ]),
    ['mlPlatform.repository.url', ...onGitea(`/${platform}.git`)],
  ]);
});

it.each(['real', 'kind'])(
  '%s: is not a sandbox, has no Grafana, and verifies its cluster',
  async target => {
    const config = await load(target);
    const platform = readMlPlatformConfig(config);
    const [{ name, kubeConfig }] = readClusters(config);

    expect(platform.sandbox).toBe(false);
    expect(platform.grafana).toBeUndefined();
    expect(platform.environments.map(({ cluster }) => cluster)).toEqual(
      Array(4).fill(name),
    );
    expect(kubeConfig.getCurrentCluster()).toMatchObject({
      caFile: '/authority.crt',
      skipTLSVerify: false,
    });
    expect(kubeConfig.getCurrentUser()?.token).toBe('reader-token');
    expect(JSON.stringify(config.get())).not.toContain('127.0.0.1:7011');
  },
);

it.each(['real', 'kind'])(
  '%s: uses no variable that is not set',
  async target => {
    const file = join(ROOT, `app-config.${target}.yaml`);
    const names = (await readFile(file, 'utf8')).match(/(?<=\$\{)\w+/g) ?? [];
    expect(Object.keys(ENVIRONMENT)).toEqual(
      expect.arrayContaining([...new Set(names)]),
    );
    const tokens = JSON.stringify((await load(target)).get());
    expect(tokens).toContain('"password":"gitea-token"');
    expect(tokens).not.toMatch(/admin-|outsider-/);
  },
);
