import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { root } from '../setup/directories.mjs';
import { createSecret, randomPassword } from './secrets.mjs';

/** Add-ons that the plan gives to the Kind cluster. */
function kindAddOns() {
  const { rehearsals } = parse(
    readFileSync(join(root, 'infra/platform.yaml'), 'utf8'),
  );
  return rehearsals.find(({ type }) => type === 'kind').addOns;
}

/**
 * Secrets that add-ons read, by add-on. SeaweedFS and MLflow share the keys of the object store.
 *
 * @param password - makes a random password
 */
export function addOnSecrets(password = randomPassword) {
  const accessKey = password();
  const secretKey = password();
  const database = password();
  const uri = name =>
    `postgresql://mlflow:${database}@mlflow-db-rw.data-platform-mlflow:5432/${name}`;
  return {
    seaweedfs: [
      {
        name: 'seaweedfs-s3',
        namespace: 'data-platform-storage',
        data: {
          seaweedfs_s3_config: JSON.stringify({
            identities: [
              {
                name: 'platform',
                credentials: [{ accessKey, secretKey }],
                actions: ['Admin', 'Read', 'Write', 'List', 'Tagging'],
              },
            ],
          }),
        },
      },
      {
        name: 'object-store',
        namespace: 'data-platform-mlflow',
        data: {
          AWS_ACCESS_KEY_ID: accessKey,
          AWS_SECRET_ACCESS_KEY: secretKey,
        },
      },
    ],
    mlflow: [
      {
        name: 'mlflow-db',
        namespace: 'data-platform-mlflow',
        type: 'kubernetes.io/basic-auth',
        data: { username: 'mlflow', password: database },
      },
      {
        name: 'mlflow-auth',
        namespace: 'data-platform-mlflow',
        data: {
          uri: uri('mlflow'),
          session: password(),
          'basic_auth.ini': `[mlflow]
default_permission = READ
database_uri = ${uri('mlflow_auth')}
admin_username = admin
admin_password = ${password()}
authorization_function = mlflow.server.auth:authenticate_request_basic_auth
`,
        },
      },
    ],
    valkey: [
      {
        name: 'valkey-users',
        namespace: 'data-platform-cache',
        data: { default: password() },
      },
    ],
  };
}

/** Creates the Secrets of the cluster's add-ons, and their namespaces; those that are there stay. */
export async function createAddOnSecrets(kubectl) {
  const addOns = kindAddOns();
  const secrets = Object.entries(addOnSecrets())
    .filter(([addOn]) => addOns.includes(addOn))
    .flatMap(([, list]) => list);
  const namespaces = new Set(secrets.map(({ namespace }) => namespace));
  if (namespaces.size > 0) {
    await kubectl.apply(
      [...namespaces].map(name => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      })),
    );
  }
  for (const secret of secrets) {
    await createSecret(kubectl, secret);
  }
}
