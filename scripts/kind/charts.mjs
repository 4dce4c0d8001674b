import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { root } from '../setup/directories.mjs';
import { show } from './commands.mjs';

const VALUES = '$values/';

/**
 * Reads the chart, version and values of a component from the Application that Argo CD manages it with: as the cluster's
 * bootstrap applies it, which replaces the placeholders of the add-ons.
 */
export function readChart(component) {
  const output = execFileSync(
    'kubectl',
    ['kustomize', join(root, 'infra/gitops/bootstrap/kind')],
    { encoding: 'utf8' },
  );
  const { spec } = parseAllDocuments(output)
    .map(document => document.toJS())
    .find(
      ({ kind, metadata }) =>
        kind === 'Application' && metadata.name === component,
    );
  const { chart, repoURL, targetRevision, helm } = spec.sources.find(
    source => source.chart,
  );
  return {
    chart,
    repository: repoURL,
    version: targetRevision,
    release: helm.releaseName,
    namespace: spec.destination.namespace,
    valueFiles: helm.valueFiles.map(file =>
      join(root, file.slice(VALUES.length)),
    ),
  };
}

/** Installs a component, or upgrades it to the version in this checkout. */
export async function installChart(component, kubeconfig) {
  const { chart, repository, version, release, namespace, valueFiles } =
    readChart(component);
  await show('helm', [
    'upgrade',
    '--install',
    release,
    chart,
    `--repo=${repository}`,
    `--version=${version}`,
    `--namespace=${namespace}`,
    '--create-namespace',
    ...valueFiles.map(file => `--values=${file}`),
    '--wait',
    '--timeout=10m',
    `--kubeconfig=${kubeconfig}`,
  ]);
}
