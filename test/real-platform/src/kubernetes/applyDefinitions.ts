import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import type { Kubectl } from './Kubectl';

/** Definitions of projects that have no Go module to take them from; beside the checkout. */
const sharedDirectory = resolve(__dirname, '../../../../../shared/crds');

/** Applies the definitions of custom resources, and waits until the API server serves them. */
export async function applyDefinitions(
  kubectl: Kubectl,
  systems: BuiltSystems,
  log: (line: string) => void,
): Promise<void> {
  const directories = [
    join(systems.argocd, 'share/definitions'),
    join(systems.prometheusOperator, 'share/definitions'),
    ...(await sharedDirectories(log)),
  ];
  const files = await Promise.all(directories.map(definitionsIn));
  await kubectl.apply(files.flat());
  await kubectl.run([
    'wait',
    'crd',
    '--all',
    '--for=condition=Established',
    '--timeout=30s',
  ]);
}

async function sharedDirectories(
  log: (line: string) => void,
): Promise<string[]> {
  if (!existsSync(sharedDirectory)) {
    log(
      'Without shared/crds beside the checkout: no Trivy reports, Kueue, JobSet or Trainer in this cluster.',
    );
    return [];
  }
  const entries = await readdir(sharedDirectory, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => join(sharedDirectory, entry.name));
}

async function definitionsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .filter(name => name.endsWith('.yaml') && name !== 'kustomization.yaml')
    .map(name => join(directory, name));
}
