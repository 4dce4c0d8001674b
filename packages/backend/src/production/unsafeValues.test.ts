import type { JsonObject } from '@backstage/types';
import { find, load } from './__testUtils__/overlay';

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
  ...[
    ' http://git.acme.test',
    '\u200bhttp://git.acme.test',
    '\u0001http://git.acme.test',
    'ht\ntp://git.acme.test',
    'http:/git.acme.test',
    'http:\\\\git.acme.test',
    'http:git.acme.test',
  ].map((url): [string, string, string] => [
    'mlPlatform.repository.url',
    url,
    'mlPlatform.repository.url: http:// sends tokens and data unencrypted. Set an https:// address.',
  ]),
  ...[
    'https://local\ufeffhost',
    'https://local\nhost',
    'https://local\u00adhost ',
    'https:localhost',
  ].map((url): [string, string, string] => [
    'mlPlatform.grafana.url',
    url,
    'mlPlatform.grafana.url: localhost is this machine, as in the sandbox. Set the address of the real system, or null if you do not have one.',
  ]),
  ...[' https://git.acme.test', 'https://git.acme\u200b.test\n'].map(
    (url): [string, string, string] => [
      'mlPlatform.repository.url',
      url,
      'mlPlatform.repository.url: the address has white space or invisible characters. Remove them.',
    ],
  ),
  ['organization.name', 'Acme '],
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
    ['default-src', "'unsafe-eval'"],
    ['scriptSrc', "'unsafe-inline'"],
    ['default-src', 'data:'],
    ['connect-src', 'https:'],
    ['connect-src', 'http:'],
    ['connect-src', 'http://grafana.acme.test'],
    ['img-src', '*'],
    ['img-src', 'https://*'],
    ['img-src', 'https://cdn.acme.test *'],
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
