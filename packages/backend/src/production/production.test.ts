import { join, resolve } from 'node:path';
import { ConfigReader, type AppConfig, type Config } from '@backstage/config';
import { ConfigSources } from '@backstage/config-loader';
import type { JsonObject } from '@backstage/types';
import { readMlPlatformConfig } from '@internal/plugin-ml-platform-node';
import { findProductionProblems } from './findProductionProblems';
import { leavesOf } from './leaves';

const ROOT = resolve(__dirname, '../../../..');

const random = '0123456789abcdef'.repeat(4);

/** The variables of docs/guides/production.md, as the deployment sets them. */
const ENVIRONMENT: Record<string, string> = {
  ARGOCD_URL: 'https://argocd.acme.test',
  CLUSTER_NAME: 'shared',
  COMMIT_EMAIL: 'ml-platform@acme.test',
  FORGE_HOST: 'git.acme.test',
  FORGE_TOKEN: 'f06e',
  FORGE_USER: 'ml-platform-portal',
  GRAFANA_TOKEN: '94afa4a',
  GRAFANA_URL: 'https://grafana.acme.test',
  OIDC_CLIENT_ID: 'ml-platform-portal',
  OIDC_CLIENT_SECRET: '01dc',
  OIDC_METADATA_URL: 'https://id.acme.test',
  ORGANIZATION_NAME: 'Acme Test',
  PLATFORM_REPOSITORY: 'acme/platform',
  PORTAL_URL: 'https://portal.acme.test',
  POSTGRES_DATABASE: 'portal',
  POSTGRES_HOST: 'postgres.acme.test',
  POSTGRES_PASSWORD: 'b0576e5',
  POSTGRES_USER: 'portal',
  SESSION_SECRET: `session${random}`,
  TRAILER_SECRET: `trailer${random}`,
  WEBHOOK_SECRET: `webhook${random}`,
};

/** Loads app-config.yaml with the overlay for production, as the backend does. */
async function load(
  environment: Record<string, string> = ENVIRONMENT,
): Promise<AppConfig[]> {
  const source = ConfigSources.default({
    argv: ['app-config.yaml', 'app-config.production.yaml'].flatMap(file => [
      '--config',
      join(ROOT, file),
    ]),
    env: {},
    substitutionFunc: async name => environment[name],
    watch: false,
  });
  for await (const { configs } of source.readConfigData()) {
    return configs;
  }
  throw new Error('There is no configuration');
}

function find(configs: AppConfig[], overlay: JsonObject = {}): string[] {
  const config = ConfigReader.fromConfigs([
    ...configs,
    { context: 'test', data: overlay },
  ]);
  return findProductionProblems(config, { NODE_ENV: 'production' });
}

const effective = async (): Promise<Config> =>
  ConfigReader.fromConfigs(await load());

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
    .map(({ path }) => path.replace(/^(app\.extensions).*/, '$1'));

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

const oidc = 'auth.providers.oidc.production';
const resolver = `${oidc}.signIn.resolvers[0]`;

/** An overlay at a path: `at('a.b', 1)` is `{ a: { b: 1 } }`. */
function at(path: string, value: JsonObject[string]): JsonObject {
  return path
    .split('.')
    .reduceRight<JsonObject[string]>(
      (inner, key) => ({ [key]: inner }),
      value,
    ) as JsonObject;
}

it.each<[path: string, value: JsonObject[string], ...problems: string[]]>([
  // Sandbox, this machine, samples
  [
    'mlPlatform.sandbox',
    true,
    'mlPlatform.sandbox: production runs on real systems. Set false.',
  ],
  [
    'mlPlatform.prices',
    { currency: 'EUR', sample: true },
    'mlPlatform.prices: these are samples. Set your own prices, or null to show no cost.',
  ],
  ...[
    ['https://localhost:7012', 'localhost'],
    ['https://127.1', '127.0.0.1'],
    ['https://2130706433/', '127.0.0.1'],
    ['https://[::1]:3000', '::1'],
    ['https://[::ffff:127.0.0.1]', '::ffff:7f00:1'],
    ['https://0.0.0.0', '0.0.0.0'],
    ['HTTPS://Grafana.Localhost.', 'grafana.localhost'],
    ['https://host.docker.internal', 'host.docker.internal'],
  ].map(([url, host]): [string, string, string] => [
    'mlPlatform.grafana.url',
    url,
    `mlPlatform.grafana.url: ${host} is this machine, as in the sandbox. Set the address of the real system, or null if you do not have one.`,
  ]),
  [
    'backend.reading.allow',
    [{ host: '127.0.0.1:7010' }],
    'backend.reading.allow[0].host: 127.0.0.1 is this machine, as in the sandbox. Set the address of the real system, or null if you do not have one.',
  ],
  [
    'backend.database.connection.host',
    'localhost',
    'backend.database.connection.host: localhost is this machine, as in the sandbox. Set the address of the real system, or null if you do not have one.',
  ],
  [
    'mlPlatform.repository.url',
    'https://git.example.com/acme/platform.git',
    'mlPlatform.repository.url: git.example.com is a name for examples. Set your own, or null if you do not have one.',
  ],
  [
    'scaffolder.defaultAuthor.email',
    'portal@example.com',
    'scaffolder.defaultAuthor.email: example.com is a name for examples. Set your own, or null if you do not have one.',
  ],
  [
    'mlPlatform.repository.url',
    'http://git.acme.test/acme/platform.git',
    'mlPlatform.repository.url: http:// sends tokens and data unencrypted. Set an https:// address.',
  ],
  // Secrets
  [
    'mlPlatform.grafana.token',
    'sandbox-portal-token',
    'mlPlatform.grafana.token: this is a sample that anybody can know. Set a secret of your own.',
  ],
  [
    `${oidc}.clientSecret`,
    'changeme',
    `${oidc}.clientSecret: this is a sample that anybody can know. Set a secret of your own.`,
  ],
  [
    'auth.session.secret',
    'shorter than 32 characters',
    'auth.session.secret: too weak for a signing key. Set at least 32 random characters, for example from `openssl rand -hex 32`.',
  ],
  [
    'mlPlatform.repository.trailerSecret',
    '1'.repeat(40),
    'mlPlatform.repository.trailerSecret: too weak for a signing key. Set at least 32 random characters, for example from `openssl rand -hex 32`.',
  ],
  [
    'backend.auth.externalAccess',
    [{ type: 'static', options: { token: 'ci-token-1', subject: 'ci' } }],
    'backend.auth.externalAccess[0].options.token: too weak for a signing key. Set at least 32 random characters, for example from `openssl rand -hex 32`.',
  ],
  ['mlPlatform.changeRequests.webhookSecret', null],
  // Switches
  [
    'kubernetes.clusterLocatorMethods',
    [
      {
        type: 'config',
        clusters: [
          {
            name: 'shared',
            url: 'https://kubernetes.default.svc',
            skipTLSVerify: true,
          },
        ],
      },
    ],
    'kubernetes.clusterLocatorMethods[0].clusters[0].skipTLSVerify: accepts every certificate, also one of an attacker. Remove it, and set caFile or caData.',
  ],
  [
    'backend.auth.dangerouslyDisableDefaultAuthPolicy',
    true,
    'backend.auth.dangerouslyDisableDefaultAuthPolicy: turns a protection off. Remove it.',
  ],
  [
    `${oidc}.signIn.resolvers`,
    [
      {
        resolver: 'emailMatchingUserEntityProfileEmail',
        dangerouslyAllowSignInWithoutUserInCatalog: true,
      },
    ],
    `${resolver}.dangerouslyAllowSignInWithoutUserInCatalog: turns a protection off. Remove it.`,
  ],
  // Sign-in
  ['auth.environment', 'development', 'auth.environment: set production.'],
  [
    'permission.enabled',
    false,
    'permission.enabled: without permissions everybody sees and changes everything. Set true.',
  ],
  [
    'auth.providers.guest',
    { userEntityRef: 'user:default/guest' },
    'auth.providers.guest: signs in without a password. Set null.',
  ],
  [
    'auth.providers.sandbox',
    { personas: [] },
    'auth.providers.sandbox: signs in without a password. Set null.',
  ],
  [
    'auth.providers.saml',
    { entryPoint: 'https://id.acme.test' },
    'auth.providers.saml: the portal has no module for it. Set null, and configure oidc or github.',
  ],
  [
    'auth.providers.oidc',
    null,
    'auth.providers: nobody can sign in. Configure oidc or github: docs/guides/production.md.',
  ],
  [
    'auth.providers.github',
    { development: { clientId: 'portal', clientSecret: '01dc' } },
    'auth.providers.github.production: missing. Set it, or auth.providers.github to null.',
  ],
  [
    'auth.providers.github',
    {
      production: {
        clientId: 'portal',
        clientSecret: '01dc',
        signIn: { resolvers: [{ resolver: 'usernameMatchingUserEntityName' }] },
      },
    },
    'auth.providers.github.production.signIn.resolvers[0]: usernameMatchingUserEntityName may take a stranger for one of your users. Set userIdMatchingUserEntityAnnotation.',
  ],
  [
    `${oidc}.signIn.resolvers`,
    [],
    `${oidc}.signIn.resolvers: nobody can sign in. Set emailMatchingUserEntityProfileEmail.`,
  ],
  [
    `${oidc}.signIn.resolvers`,
    [{ resolver: 'emailLocalPartMatchingUserEntityName' }],
    `${resolver}: takes the same name at any company for one of your users. Set allowedDomains.`,
  ],
  // Transport
  [
    'backend.baseUrl',
    'https://other.acme.test',
    'backend.baseUrl: https://other.acme.test is not app.baseUrl, https://portal.acme.test. Set both to PORTAL_URL: cookies and the content security policy are for one origin.',
  ],
  [
    'backend.trustProxy',
    true,
    'backend.trustProxy: true believes every X-Forwarded-For, so a client chooses its own address. Set the number of proxies in front of the portal.',
  ],
  [
    'backend.trustProxy',
    false,
    'backend.trustProxy: missing. Set the number of proxies in front of the portal that end TLS, or set backend.https.',
  ],
  [
    'backend.https',
    true,
    'backend.https: true makes a certificate that no browser trusts. Set certificate.cert and certificate.key.',
  ],
  [
    'backend.cors.origin',
    'https://*.acme.test',
    'backend.cors.origin: https://*.acme.test can read answers with the credentials of whoever visits it. Set PORTAL_URL.',
  ],
  [
    'backend.rateLimit',
    null,
    'backend.rateLimit: missing, so one client can keep the portal busy. Set incomingRequestLimit and window.',
  ],
  // Content security policy
  ...[
    ['script-src', "'unsafe-eval'"],
    ['scriptSrc', "'unsafe-inline'"],
    ['default-src', 'data:'],
    ['connect-src', 'https:'],
    ['connect-src', 'http:'],
    ['connect-src', 'http://grafana.acme.test'],
    ['img-src', '*'],
    ['img-src', 'https://*'],
  ].map(([directive, source]): [string, string[], string] => [
    `backend.csp.${directive}`,
    ["'self'", source],
    `backend.csp.${directive.replace(
      'scriptSrc',
      'script-src',
    )}: ${source} allows too much. Name the hosts that you need.`,
  ]),
  [
    'backend.csp.object-src',
    false,
    'backend.csp.object-src: false turns the directive off. Remove it.',
  ],
  [
    'backend.csp',
    null,
    "backend.csp.script-src: missing, and the default allows 'unsafe-eval'. Set [\"'self'\"].",
    'backend.csp.style-src: missing, and the default allows https:. Set ["\'self\'"].',
    'backend.csp.font-src: missing, and the default allows https:. Set ["\'self\'"].',
  ],
  // Database
  [
    'backend.database.client',
    'better-sqlite3',
    'backend.database.client: better-sqlite3 holds data of one process in a file. Set pg.',
  ],
  [
    'backend.database.plugin.catalog.client',
    'better-sqlite3',
    'backend.database.plugin.catalog.client: better-sqlite3 holds data of one process in a file. Set pg.',
  ],
  [
    'backend.database.connection.ssl',
    null,
    'backend.database.connection.ssl: missing, so passwords and data are sent unencrypted. Set rejectUnauthorized: true and, for an authority of your own, ca.',
  ],
  [
    'backend.database.connection.ssl.rejectUnauthorized',
    false,
    'backend.database.connection.ssl.rejectUnauthorized: accepts every certificate, also one of an attacker. Set true, and the authority in ca.',
  ],
  [
    'backend.database.connection',
    'postgresql://portal:b0576e5@postgres.acme.test/portal?sslmode=no-verify',
    'backend.database.connection: write host, port, user, password and ssl as separate keys, so that TLS can be checked.',
  ],
])('%s: %j', async (path, value, ...problems) => {
  expect(find(await load(), at(path, value))).toEqual(problems);
});
