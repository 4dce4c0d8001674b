import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { dataDirectory, root } from '../setup/directories.mjs';
import { capture, show } from './commands.mjs';

const configuration = join(root, 'infra/kind/cluster.yaml');

export const CLUSTER = parse(readFileSync(configuration, 'utf8')).name;
/** Files that belong to the cluster, and are removed with it. */
export const kindDirectory = join(dataDirectory, 'kind');
/** A separate file, so that the user's current context does not change. */
export const kubeconfig = join(kindDirectory, 'kubeconfig');

export async function clusterExists() {
  const names = await capture('kind', ['get', 'clusters']);
  return names.split('\n').includes(CLUSTER);
}

export async function createCluster() {
  await show('kind', [
    'create',
    'cluster',
    `--config=${configuration}`,
    `--kubeconfig=${kubeconfig}`,
    '--wait=5m',
  ]);
}

export async function deleteCluster() {
  await show('kind', [
    'delete',
    'cluster',
    `--name=${CLUSTER}`,
    `--kubeconfig=${kubeconfig}`,
  ]);
}

/** Writes the kubeconfig and the certificate of a new or an existing cluster. */
export async function exportCredentials() {
  mkdirSync(kindDirectory, { recursive: true });
  await capture('kind', [
    'export',
    'kubeconfig',
    `--name=${CLUSTER}`,
    `--kubeconfig=${kubeconfig}`,
  ]);
  const { clusters } = parse(readFileSync(kubeconfig, 'utf8'));
  const { cluster } = clusters.find(({ name }) => name === `kind-${CLUSTER}`);
  const certificateFile = join(kindDirectory, 'ca.crt');
  writeFileSync(
    certificateFile,
    Buffer.from(cluster['certificate-authority-data'], 'base64'),
  );
  return { certificateFile };
}
