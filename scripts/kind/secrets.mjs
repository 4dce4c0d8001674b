import { randomBytes } from 'node:crypto';

/** The Services of the teams' PostgreSQL databases, by team. */
export const DATABASES = {
  'app-core-team': 'core-database',
  'app-data-team': 'data-database',
};
const SUFFIXES = ['-dev', '-staging', '-uat', ''];
const USER = 'platform';

export function randomPassword() {
  // Hexadecimal digits need no escaping in URLs.
  return randomBytes(16).toString('hex');
}

/** Creates a Secret unless it exists: its readers would not notice a change. */
export async function createSecret(kubectl, { name, namespace, type, data }) {
  if (await kubectl.exists('secret', name, namespace)) {
    return;
  }
  await kubectl.apply([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      ...(type && { type }),
      stringData: data,
    },
  ]);
}

/** Creates the Secrets that the External Secrets operator creates elsewhere, once Argo CD has created the namespaces. */
export async function createDatabaseSecrets(kubectl) {
  for (const [team, host] of Object.entries(DATABASES)) {
    for (const suffix of SUFFIXES) {
      const namespace = `${team}${suffix}`;
      await kubectl.run([
        'wait',
        '--for=create',
        `namespace/${namespace}`,
        '--timeout=10m',
      ]);
      const password = randomPassword();
      await createSecret(kubectl, {
        name: 'database',
        namespace,
        data: {
          username: USER,
          password,
          uri: `postgres://${USER}:${password}@${host}:5432/${USER}`,
        },
      });
    }
  }
}
