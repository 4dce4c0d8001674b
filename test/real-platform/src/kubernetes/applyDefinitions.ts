import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuiltSystems } from '../build/buildSystems';
import { definitionSystems } from '../build/systems';
import { hasSharedDefinitions, sharedDefinitions } from '../paths';
import { waitUntil } from '../processes/waitUntil';
import type { Kubectl } from './Kubectl';

/** Applies CustomResourceDefinitions, and waits until the API server serves them. */
export async function applyDefinitions(
  kubectl: Kubectl,
  systems: BuiltSystems,
  log: (line: string) => void,
): Promise<void> {
  const directories = [
    join(systems.argocd, 'share/definitions'),
    ...Object.keys(definitionSystems).map(key =>
      join(systems[key as keyof typeof definitionSystems], 'share/definitions'),
    ),
    ...(await sharedDirectories(log)),
  ];
  // In parallel, because the server establishes each with a delay.
  await Promise.all(
    directories.map(async directory =>
      kubectl.apply(await definitionsIn(directory)),
    ),
  );
  // kubectl fails for a definition without conditions.
  await waitUntil('the custom resources', () =>
    kubectl.run(['wait', 'crd', '--all', '--for=condition=Established']),
  );
}

async function sharedDirectories(
  log: (line: string) => void,
): Promise<string[]> {
  if (!hasSharedDefinitions()) {
    log(
      'shared/crds does not exist beside the checkout: this cluster has no Trivy reports, Kueue, JobSet or Trainer.',
    );
    return [];
  }
  const entries = await readdir(sharedDefinitions, { withFileTypes: true });
  return entries
    .filter(entry => entry.isDirectory())
    .map(entry => join(sharedDefinitions, entry.name));
}

async function definitionsIn(directory: string): Promise<string[]> {
  const names = await readdir(directory);
  return names
    .filter(name => name.endsWith('.yaml') && name !== 'kustomization.yaml')
    .map(name => join(directory, name));
}
