import type { Config } from '@backstage/config';

/** Sign-in providers of this backend, with the resolvers that accept only the matching User of the catalog. */
const RESOLVERS: Record<string, string[]> = {
  oidc: [
    'emailMatchingUserEntityProfileEmail',
    'emailLocalPartMatchingUserEntityName',
  ],
  github: ['userIdMatchingUserEntityAnnotation'],
};

const PASSWORDLESS = ['guest', 'sandbox'];

const CONFIGURED = Object.keys(RESOLVERS).join(' or ');

/** Finds sign-in that needs no password, that can impersonate others, or that is missing. */
export function findSignInProblems(config: Config): string[] {
  const environment = config.getOptional('auth.environment');
  const providers = config.getOptionalConfig('auth.providers');
  const names = providers?.keys().filter(name => providers.has(name)) ?? [];
  return [
    ...(environment === 'production'
      ? []
      : ['auth.environment: set production.']),
    ...(config.getOptional('permission.enabled') === true
      ? []
      : [
          'permission.enabled: without permissions everybody sees and changes everything. Set true.',
        ]),
    ...(names.some(name => name in RESOLVERS)
      ? []
      : [
          `auth.providers: nobody can sign in. Configure ${CONFIGURED}: docs/guides/production.md.`,
        ]),
    ...names.flatMap(name => {
      const path = `auth.providers.${name}`;
      if (PASSWORDLESS.includes(name)) {
        return [`${path}: signs in without a password. Set null.`];
      }
      return name in RESOLVERS
        ? findProviderProblems(config, name)
        : [
            `${path}: the portal has no module for it. Set null, and configure ${CONFIGURED}.`,
          ];
    }),
  ];
}

function findProviderProblems(config: Config, name: string): string[] {
  const path = `auth.providers.${name}.production`;
  const provider = config.getOptionalConfig(path);
  if (!provider) {
    return [`${path}: missing. Set it, or auth.providers.${name} to null.`];
  }
  const required = [
    'clientId',
    'clientSecret',
    ...(name === 'oidc' ? ['metadataUrl'] : []),
  ];
  const resolvers = provider.getOptionalConfigArray('signIn.resolvers') ?? [];
  return [
    ...required
      .filter(key => !provider.getOptional(key))
      .map(
        key =>
          `${path}.${key}: missing. Set it, or auth.providers.${name} to null.`,
      ),
    ...(resolvers.length
      ? []
      : [
          `${path}.signIn.resolvers: nobody can sign in. Set ${RESOLVERS[name][0]}.`,
        ]),
    ...resolvers.flatMap((resolver, index) =>
      findResolverProblems(resolver, {
        path: `${path}.signIn.resolvers[${index}]`,
        allowed: RESOLVERS[name],
      }),
    ),
  ];
}

function findResolverProblems(
  resolver: Config,
  { path, allowed }: { path: string; allowed: string[] },
): string[] {
  const name = String(resolver.getOptional('resolver'));
  if (!allowed.includes(name)) {
    return [
      `${path}: ${name} may take a stranger for one of your users. Set ${allowed.join(
        ' or ',
      )}.`,
    ];
  }
  const domains = resolver.getOptional('allowedDomains');
  return name === 'emailLocalPartMatchingUserEntityName' &&
    !(Array.isArray(domains) && domains.length)
    ? [
        `${path}: takes the same name at any company for one of your users. Set allowedDomains.`,
      ]
    : [];
}
