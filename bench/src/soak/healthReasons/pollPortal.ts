import { setTimeout as delay } from 'node:timers/promises';
import type { Health } from '@internal/plugin-ml-platform-common';
import type { RealPlatform } from '@internal/real-platform';
import type { RealCluster } from '../RealCluster';
import { commitFiles } from './commitFiles';
import { isAsExpected } from './isAsExpected';
import { completeObject } from './completeObject';
import { argocdNamespaceOf, namespaceOf } from './scenarioNames';
import type { Kubectl } from './Kubectl';
import type { Scenario } from './scenarioSchema';
import { StandIn, type ListedPod } from './StandIn';
import type { Portal } from './startPortal';

const POLL_MS = 1_000;

/** The portal's latest response about a scenario. */
export interface ScenarioResult {
  scenario: Scenario;
  /** Seconds after the objects were applied; undefined if the portal never showed what the scenario expects. */
  seconds?: number;
  health?: Health;
  /** The last error while the scenario was being reproduced. */
  problem?: string;
}

interface PollOptions {
  portals: Record<Scenario['readAs'], Portal>;
  cluster: RealCluster;
  kubectl: Kubectl;
  platform: RealPlatform;
  minutes: number;
  log: (line: string) => void;
}

/**
 * Lets the stand-in write and asks the portal about each scenario, until the portal shows what each expects or the time is
 * up.
 */
export async function pollPortal(
  scenarios: Scenario[],
  options: PollOptions,
): Promise<ScenarioResult[]> {
  const { cluster, minutes, log } = options;
  const started = performance.now();
  const secondsPassed = () => Math.round((performance.now() - started) / 1000);
  const standIn = new StandIn({ cluster });
  const secondStepTaken = new Set<Scenario>();
  const results: ScenarioResult[] = scenarios.map(scenario => ({ scenario }));
  while (secondsPassed() < minutes * 60) {
    const open = results.filter(({ seconds }) => seconds === undefined);
    if (open.length === 0) {
      break;
    }
    const { items } = (await cluster.send('GET', '/api/v1/pods')) as {
      items: ListedPod[];
    };
    const pods = Map.groupBy(items, ({ metadata }) => metadata.namespace);
    for (const result of open) {
      const { scenario } = result;
      try {
        await standIn.createOwned(scenario);
        await standIn.write(scenario, pods.get(namespaceOf(scenario)) ?? []);
        await pollScenario(result, { ...options, secondStepTaken });
        if (result.health && isDone(result, secondStepTaken)) {
          result.seconds = secondsPassed();
          log(`ok ${scenario.name} (${result.seconds} s)`);
        }
      } catch (error) {
        result.problem = String(error);
      }
    }
    await delay(POLL_MS);
  }
  return results;
}

/** Asks the portal, and takes the second step of a scenario once the portal shows `thenFrom`. */
async function pollScenario(
  result: ScenarioResult,
  {
    portals,
    kubectl,
    platform,
    secondStepTaken,
  }: PollOptions & { secondStepTaken: Set<Scenario> },
): Promise<void> {
  const { scenario } = result;
  result.health = await portals[scenario.readAs].health(
    scenario.name,
    scenario.name,
  );
  if (
    isTwoStep(scenario) &&
    !secondStepTaken.has(scenario) &&
    result.health?.state === scenario.thenFrom
  ) {
    await kubectl.apply(
      scenario.thenApply.map(object => completeObject(scenario, object)),
    );
    for (const object of scenario.thenDelete) {
      await kubectl.delete(
        object.startsWith('application')
          ? argocdNamespaceOf(scenario)
          : namespaceOf(scenario),
        object,
      );
    }
    await commitFiles(platform, scenario);
    secondStepTaken.add(scenario);
    // The response was about the first step.
    result.health = undefined;
  }
}

function isDone(
  { scenario, health }: ScenarioResult,
  secondStepTaken: Set<Scenario>,
): boolean {
  return (
    isAsExpected(scenario, health) &&
    (!isTwoStep(scenario) || secondStepTaken.has(scenario))
  );
}

function isTwoStep({ thenApply, thenCommit, thenDelete }: Scenario): boolean {
  return (
    thenApply.length > 0 || thenDelete.length > 0 || thenCommit !== undefined
  );
}
