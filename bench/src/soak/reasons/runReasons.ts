import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ENVIRONMENT_LABEL,
  TEAM_LABEL,
  type Health,
} from '@internal/plugin-ml-platform-common';
import { startRealPlatform, type RealPlatform } from '@internal/real-platform';
import { RealCluster } from '../RealCluster';
import { commitFiles } from './commitFiles';
import { isAsExpected } from './compare';
import {
  applicationOf,
  completeObject,
  namespaceOf,
  podOf,
  STAND_IN_ARGOCD,
} from './completeObject';
import { KubectlApply } from './KubectlApply';
import { addNodes } from './nodes';
import { writePlatformContent } from './platformContent';
import { readTable } from './readTable';
import type { Row } from './rowSchema';
import { StandIn, type ListedPod } from './StandIn';
import { startPortal, type Portal } from './startPortal';

const ROUND_MS = 1_500;
const DEFAULT_MINUTES = 12;

/** What the portal said about a row. */
export interface RowResult {
  row: Row;
  /** Seconds after the objects were applied; undefined if the portal never said what the table expects. */
  seconds?: number;
  health?: Health;
}

interface RunningRow extends RowResult {
  isChanged?: boolean;
}

/** Causes every row of the table on a real platform, and asks the portal about each until it says what the table expects. */
export async function runReasons(options: {
  minutes?: number;
  /** Default: all rows. */
  rows?: string[];
  log: (line: string) => void;
}): Promise<RowResult[]> {
  const { minutes = DEFAULT_MINUTES, log } = options;
  const table = await readTable();
  const rows = table.rows.filter(
    ({ name }) => options.rows?.includes(name) ?? true,
  );
  const content = await writePlatformContent(rows);
  const needsArgocd = rows.some(({ git }) => git);
  const platform = await startRealPlatform({
    content,
    log,
    ...(!needsArgocd && { components: ['kubernetes', 'gitea'] }),
  });
  try {
    return await cause(rows, platform, { minutes, log });
  } finally {
    await platform.stop();
    await rm(content, { recursive: true });
  }
}

async function cause(
  rows: Row[],
  platform: RealPlatform,
  { minutes, log }: { minutes: number; log: (line: string) => void },
): Promise<RowResult[]> {
  const { kubernetes, gitea } = platform;
  if (!kubernetes || !gitea) {
    throw new Error('The real platform has no Kubernetes or no Gitea');
  }
  const cluster = await RealCluster.create(kubernetes);
  const kubectl = new KubectlApply({
    kubeconfig: kubernetes.kubeconfig,
    home: platform.directory,
  });
  const stopRenewing = await addNodes(kubectl, cluster);
  // This package always runs from source, in a checkout.
  // eslint-disable-next-line no-restricted-syntax
  await kubectl.applyFile(join(__dirname, 'definitions.yaml'));
  await kubectl.apply(namespacesOf(rows));
  await waitForAccounts(cluster, rows);
  const portal = await startPortal(platform);
  try {
    log(`${rows.length} rows`);
    await kubectl.apply(
      rows.flatMap(row => [
        ...row.objects
          .map(object => completeObject(row, object))
          .filter(({ ownedBy }) => !ownedBy),
        ...podOf(row),
        ...applicationOf(row, gitea.repositoryUrl),
      ]),
    );
    return await follow(rows, {
      portal,
      cluster,
      kubectl,
      platform,
      minutes,
      log,
    });
  } finally {
    stopRenewing();
    await portal.stop();
  }
}

interface FollowOptions {
  portal: Portal;
  cluster: RealCluster;
  kubectl: KubectlApply;
  platform: RealPlatform;
  minutes: number;
  log: (line: string) => void;
}

/** Lets the stand-ins write, and asks the portal, round after round, until every row is as expected or the time is up. */
async function follow(
  rows: Row[],
  { portal, cluster, kubectl, platform, minutes, log }: FollowOptions,
): Promise<RowResult[]> {
  const started = performance.now();
  const secondsPassed = () => Math.round((performance.now() - started) / 1000);
  const standIn = new StandIn({ cluster });
  const results: RunningRow[] = rows.map(row => ({ row }));
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
      const { row } = result;
      await standIn.createOwned(row);
      await standIn.write(row, pods.get(namespaceOf(row)) ?? []);
      result.health = await portal.health(row.name, row.name);
      if (
        isAsExpected(row, result.health) &&
        (!isTwoStep(row) || result.isChanged)
      ) {
        result.seconds = secondsPassed();
        log(`ok ${row.name} (${result.seconds} s)`);
      } else if (
        isTwoStep(row) &&
        !result.isChanged &&
        result.health?.state === 'healthy'
      ) {
        result.isChanged = true;
        await change(row, kubectl, platform);
      }
    }
    await delay(ROUND_MS);
  }
  return results;
}

function isTwoStep({ then, remove, gitThen }: Row): boolean {
  return then.length > 0 || remove.length > 0 || gitThen !== undefined;
}

/** Second step of a row whose workload had to be healthy first. */
async function change(
  row: Row,
  kubectl: KubectlApply,
  platform: RealPlatform,
): Promise<void> {
  await kubectl.apply(row.then.map(object => completeObject(row, object)));
  for (const object of row.remove) {
    await kubectl.remove(namespaceOf(row), object);
  }
  await commitFiles(platform, row);
}

function namespacesOf(rows: Row[]): object[] {
  return [
    ...rows.map(row => ({
      name: namespaceOf(row),
      labels: {
        ...row.labels,
        [TEAM_LABEL]: row.name,
        [ENVIRONMENT_LABEL]: 'dev',
      },
    })),
    { name: STAND_IN_ARGOCD, labels: {} },
  ].map(metadata => ({ apiVersion: 'v1', kind: 'Namespace', metadata }));
}

/** Pods without a controller are refused while their namespace has no ServiceAccount. */
async function waitForAccounts(
  cluster: RealCluster,
  rows: Row[],
): Promise<void> {
  let missing = rows;
  while (missing.length > 0) {
    const { items } = (await cluster.send(
      'GET',
      '/api/v1/serviceaccounts',
    )) as { items: { metadata: { namespace: string } }[] };
    const namespaces = new Set(items.map(({ metadata }) => metadata.namespace));
    missing = rows.filter(row => !namespaces.has(namespaceOf(row)));
    await delay(200);
  }
}
