import { randomBytes } from 'node:crypto';

/** Teams that bring a PostgreSQL, and the Service that it is reached by. */
export const DATABASES = {
  'app-core-team': 'core-database',
  'app-data-team': 'data-database',
};
const SUFFIXES = ['-dev', '-staging', '-uat', ''];
const USER = 'platform';

export function randomPassword() {
  // Hexadecimal: it also goes into addresses.
  return randomBytes(16).toString('hex');
}

/** A Secret that is made once: what reads it would not follow a change. */
export async function createSecret(kubectl, { name, namespace, data }) {
  if (await kubectl.exists('secret', name, namespace)) {
    return;
  }
  await kubectl.apply([
    {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name, namespace },
      stringData: data,
    },
  ]);
}

/** What an External Secrets operator would bring elsewhere. Waits for the namespaces, which Argo CD makes. */
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
