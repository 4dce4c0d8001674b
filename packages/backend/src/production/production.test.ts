import { ConfigReader } from '@backstage/config';
import type { JsonObject } from '@backstage/types';
import { readMlPlatformConfig } from '@internal/plugin-ml-platform-node';
import { effective, find, load } from './__testUtils__/overlay';
import { findProductionProblems } from './findProductionProblems';
import { leavesOf } from './leaves';

it('has no problem with the overlay for production and its variables', async () => {
  expect(find(await load())).toEqual([]);
  expect(readMlPlatformConfig(await effective())).toMatchObject({
    sandbox: false,
    prices: undefined,
    repository: { url: 'https://git.acme.test/acme/platform.git' },
  });
});

it('takes over nothing from the sandbox but what is the same everywhere', async () => {
  const [sandbox] = await load();
  const inherited = new Map(
    leavesOf(sandbox.data).map(({ path, value }) => [path, value]),
  );
  const same = leavesOf((await effective()).get<JsonObject>())
    .filter(({ path, value }) => inherited.get(path) === value)
    .map(({ path }) =>
      path.replace(/^(app\.extensions|.*\.filter\.kind)\b.*/, '$1'),
    );

  expect([...new Set(same)].sort()).toEqual(
    [
      'app.extensions',
      'app.packages',
      'app.title',
      'argocd.appLocatorMethods[0].instances[0].name',
      'argocd.appLocatorMethods[0].type',
      'argocd.revisionsToLoad',
      'backend.cors.credentials',
      ...[0, 1, 2, 3, 4, 5].map(index => `backend.cors.methods[${index}]`),
      'backend.csp.connect-src[0]',
      'backend.listen.port',
      ...[0, 1].map(index => `catalog.locations[${index}].type`),
      'catalog.locations[0].rules[0].allow[0]',
      'catalog.locations[0].rules[0].allow[1]',
      'catalog.locations[0].rules[0].allow[2]',
      'catalog.locations[0].rules[0].allow[3]',
      'catalog.locations[1].rules[0].allow[0]',
      'catalog.locations[1].rules[0].allow[1]',
      'catalog.orphanStrategy',
      'catalog.readonly',
      ...[0, 1, 2, 3, 4].map(index => `catalog.rules[0].allow[${index}]`),
      'grafana.hosts[0].id',
      'kubernetes.clusterLocatorMethods[0].clusters[0].authProvider',
      'kubernetes.clusterLocatorMethods[0].clusters[0].skipMetricsLookup',
      'kubernetes.clusterLocatorMethods[0].type',
      'kubernetes.serviceLocatorMethod.type',
      ...[0, 1, 2, 3].map(index => `mlPlatform.environments[${index}].name`),
      ...[0, 1, 2].map(
        index => `mlPlatform.environments[${index}].namespaceSuffix`,
      ),
      'mlPlatform.groups.platform',
      'mlPlatform.groups.security',
      'mlPlatform.repository.branch',
      'mlPlatform.repository.rootDirectory',
      'permission.enabled',
      'scaffolder.defaultAuthor.name',
      'scaffolder.taskRecovery.enabled',
      'scaffolder.taskTimeout.minutes',
      'search.collators.catalog.filter.kind',
      'search.collators.catalog.schedule.frequency.minutes',
      'search.collators.catalog.schedule.initialDelay.seconds',
      'search.collators.catalog.schedule.timeout.minutes',
      'techdocs.builder',
      'techdocs.publisher.type',
    ].sort(),
  );
});

it('names every value of which no variable is set', async () => {
  expect(find(await load({}))).toMatchInlineSnapshot(`
    [
      "PORTAL_URL: this variable is not set. It is for app.baseUrl, backend.baseUrl, backend.cors.origin.",
      "ORGANIZATION_NAME: this variable is not set. It is for organization.name.",
      "POSTGRES_HOST: this variable is not set. It is for backend.database.connection.host.",
      "POSTGRES_DATABASE: this variable is not set. It is for backend.database.connection.database.",
      "POSTGRES_USER: this variable is not set. It is for backend.database.connection.user.",
      "POSTGRES_PASSWORD: this variable is not set. It is for backend.database.connection.password.",
      "FORGE_HOST: this variable is not set. It is for backend.reading.allow[0].host, mlPlatform.repository.url, integrations.gitea[0].host, integrations.gitea[0].baseUrl, catalog.locations[0].target, catalog.locations[1].target.",
      "PLATFORM_REPOSITORY: this variable is not set. It is for mlPlatform.repository.url, catalog.locations[0].target, catalog.locations[1].target.",
      "TRAILER_SECRET: this variable is not set. It is for mlPlatform.repository.trailerSecret.",
      "WEBHOOK_SECRET: this variable is not set. It is for mlPlatform.changeRequests.webhookSecret.",
      "CLUSTER_NAME: this variable is not set. It is for mlPlatform.environments[0].cluster, mlPlatform.environments[1].cluster, mlPlatform.environments[2].cluster, mlPlatform.environments[3].cluster, kubernetes.clusterLocatorMethods[0].clusters[0].name, kubernetes.clusterLocatorMethods[0].clusters[0].title.",
      "GRAFANA_URL: this variable is not set. It is for mlPlatform.grafana.url, grafana.hosts[0].domain.",
      "GRAFANA_TOKEN: this variable is not set. It is for mlPlatform.grafana.token.",
      "FORGE_USER: this variable is not set. It is for integrations.gitea[0].username.",
      "FORGE_TOKEN: this variable is not set. It is for integrations.gitea[0].password.",
      "SESSION_SECRET: this variable is not set. It is for auth.session.secret.",
      "OIDC_METADATA_URL: this variable is not set. It is for auth.providers.oidc.production.metadataUrl.",
      "OIDC_CLIENT_ID: this variable is not set. It is for auth.providers.oidc.production.clientId.",
      "OIDC_CLIENT_SECRET: this variable is not set. It is for auth.providers.oidc.production.clientSecret.",
      "COMMIT_EMAIL: this variable is not set. It is for scaffolder.defaultAuthor.email.",
      "ARGOCD_URL: this variable is not set. It is for argocd.appLocatorMethods[0].instances[0].url, argocd.appLocatorMethods[0].instances[0].frontendUrl.",
    ]
  `);
});

it('does not check where nothing says production', async () => {
  const [sandbox] = await load();
  const config = ConfigReader.fromConfigs([sandbox]);
  expect(findProductionProblems(config, { NODE_ENV: 'sandbox' })).toEqual([]);
  expect(
    findProductionProblems(config, { NODE_ENV: 'production' }),
  ).not.toEqual([]);
});

it('checks variables that turn TLS off', async () => {
  expect(
    findProductionProblems(await effective(), {
      NODE_TLS_REJECT_UNAUTHORIZED: '0',
    }),
  ).toEqual([
    'NODE_TLS_REJECT_UNAUTHORIZED: accepts every certificate, also one of an attacker. Remove it, and set NODE_EXTRA_CA_CERTS to the file with the authority.',
  ]);
});
