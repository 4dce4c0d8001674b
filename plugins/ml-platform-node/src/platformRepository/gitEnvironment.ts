import type { RepositoryCredentials } from './repositoryCredentials';

/** Variables that Git inherits from the backend: proxies and certificates of a company's network. */
const INHERITED = [
  'PATH',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'GIT_SSL_CAINFO',
  'SSL_CERT_DIR',
  'SSL_CERT_FILE',
];

/**
 * Creates the environment of all Git commands: only our configuration, no hooks, no prompts, no redirects, and HTTP(S) as
 * the only transport. It holds the credentials, so that they are in neither a process list nor a file.
 */
export function gitEnvironment(options: {
  home: string;
  url: string;
  credentials?: RepositoryCredentials;
}): Record<string, string> {
  const settings: Array<[string, string]> = [
    ['core.hooksPath', '/dev/null'],
    ['core.fsmonitor', 'false'],
    ['credential.helper', ''],
    ['gc.auto', '0'],
    ['maintenance.auto', 'false'],
    ['http.followRedirects', 'false'],
    ['protocol.allow', 'never'],
    ['protocol.http.allow', 'always'],
    ['protocol.https.allow', 'always'],
  ];
  if (options.credentials) {
    const { username, password } = options.credentials;
    const basic = Buffer.from(`${username}:${password}`).toString('base64');
    settings.push([
      `http.${options.url}.extraHeader`,
      `Authorization: Basic ${basic}`,
    ]);
  }
  const environment: Record<string, string> = {
    HOME: options.home,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ALLOW_PROTOCOL: 'http:https',
    GIT_LITERAL_PATHSPECS: '1',
    GIT_CONFIG_COUNT: String(settings.length),
  };
  settings.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  for (const name of INHERITED) {
    const value = process.env[name];
    if (value !== undefined) {
      environment[name] = value;
    }
  }
  return environment;
}
