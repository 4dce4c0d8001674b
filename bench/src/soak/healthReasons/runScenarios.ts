import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ENVIRONMENT_LABEL,
  TEAM_LABEL,
} from '@internal/plugin-ml-platform-common';
import { startRealPlatform, type RealPlatform } from '@internal/real-platform';
import { RealCluster } from '../RealCluster';
import { applicationOf, completeObject, podOf } from './completeObject';
import { namespaceOf, STAND_IN_ARGOCD_NAMESPACE } from './scenarioNames';
import { pollPortal, type ScenarioResult } from './pollPortal';
import { Kubectl } from './Kubectl';
import { addStandInNodes } from './addStandInNodes';
import { writePlatformContent } from './writePlatformContent';
import { readScenarios } from './readScenarios';
import type { Scenario } from './scenarioSchema';
import { startPortal } from './startPortal';

const DEFAULT_MINUTES = 12;
/** The API server applies a new admission rule after some seconds. */
const RULES_MS = 20_000;

/** Reproduces scenarios on a real platform, and polls the portal until it shows the expected health of each. */
export async function runScenarios(options: {
  minutes?: number;
  /** Names of scenarios. Default: all. */
  scenarios?: string[];
  log: (line: string) => void;
}): Promise<ScenarioResult[]> {
  const { minutes = DEFAULT_MINUTES, log } = options;
  const all = await readScenarios();
  const scenarios = all.scenarios.filter(
    ({ name }) => options.scenarios?.includes(name) ?? true,
  );
  const content = await writePlatformContent(scenarios);
  const platform = await startRealPlatform({ content, log });
  try {
    return await reproduce(scenarios, platform, { minutes, log });
  } finally {
    await platform.stop();
    await rm(content, { recursive: true });
  }
}

async function reproduce(
  scenarios: Scenario[],
  platform: RealPlatform,
  { minutes, log }: { minutes: number; log: (line: string) => void },
): Promise<ScenarioResult[]> {
  const { kubernetes, gitea } = platform;
  if (!kubernetes || !gitea) {
    throw new Error('The real platform has no Kubernetes or no Gitea');
  }
  const cluster = await RealCluster.create(kubernetes);
  const kubectl = new Kubectl({
    kubeconfig: kubernetes.kubeconfig,
    home: platform.directory,
  });
  const stopRenewing = await addStandInNodes(kubectl, cluster);
  // This package always runs from source, in a checkout.
  // eslint-disable-next-line no-restricted-syntax
  await kubectl.applyFile(join(__dirname, 'cluster.yaml'));
  await kubectl.apply(namespacesOf(scenarios));
  await waitForServiceAccounts(cluster, scenarios);
  const portals = {
    portal: await startPortal(platform, 'portal'),
    outsider: await startPortal(platform, 'outsider'),
  };
  try {
    log(`${scenarios.length} scenarios`);
    const { problem } = await applyObjects(
      kubectl,
      scenarios,
      gitea.repositoryUrl,
    );
    if (problem) {
      log(problem);
    }
    return await pollPortal(scenarios, {
      portals,
      cluster,
      kubectl,
      platform,
      minutes,
      log,
    });
  } finally {
    stopRenewing();
    await Promise.all(Object.values(portals).map(portal => portal.stop()));
  }
}

/**
 * Applies the objects of all scenarios, without those that need the uid of their owner. An object that is refused fails its
 * scenario only.
 */
async function applyObjects(
  kubectl: Kubectl,
  scenarios: Scenario[],
  repositoryUrl: string,
): Promise<{ problem?: string }> {
  const objects = scenarios.flatMap(scenario => [
    ...scenario.objects
      .map(object => completeObject(scenario, object))
      .filter(({ ownedBy }) => !ownedBy),
    ...podOf(scenario),
    ...applicationOf(scenario, repositoryUrl),
  ]);
  const text = JSON.stringify(objects).replaceAll(
    '<repository>',
    repositoryUrl,
  );
  const [rules, others] = [true, false].map(isRule =>
    JSON.parse(text).filter(
      ({ apiVersion }: { apiVersion: string }) =>
        apiVersion.startsWith('admissionregistration.') === isRule,
    ),
  );
  try {
    if (rules.length > 0) {
      await kubectl.apply(rules);
      await delay(RULES_MS);
    }
    await kubectl.apply(others);
    return {};
  } catch (error) {
    return { problem: String(error) };
  }
}

function namespacesOf(scenarios: Scenario[]): object[] {
  return [
    ...scenarios.map(scenario => ({
      name: namespaceOf(scenario),
      labels: {
        ...scenario.namespaceLabels,
        [TEAM_LABEL]: scenario.name,
        [ENVIRONMENT_LABEL]: 'dev',
      },
    })),
    { name: STAND_IN_ARGOCD_NAMESPACE, labels: {} },
  ].map(metadata => ({ apiVersion: 'v1', kind: 'Namespace', metadata }));
}

/** Waits for the default ServiceAccount of each namespace, without which pods without a controller are refused. */
async function waitForServiceAccounts(
  cluster: RealCluster,
  scenarios: Scenario[],
): Promise<void> {
  let missing = scenarios;
  while (missing.length > 0) {
    const { items } = (await cluster.send(
      'GET',
      '/api/v1/serviceaccounts',
    )) as {
      items: { metadata: { namespace: string } }[];
    };
    const namespaces = new Set(items.map(({ metadata }) => metadata.namespace));
    missing = scenarios.filter(
      scenario => !namespaces.has(namespaceOf(scenario)),
    );
    await delay(200);
  }
}
