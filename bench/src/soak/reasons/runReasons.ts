import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import {
  ENVIRONMENT_LABEL,
  TEAM_LABEL,
} from '@internal/plugin-ml-platform-common';
import { startRealPlatform, type RealPlatform } from '@internal/real-platform';
import { RealCluster } from '../RealCluster';
import {
  applicationOf,
  completeObject,
  namespaceOf,
  podOf,
  STAND_IN_ARGOCD,
} from './completeObject';
import { follow, type RowResult } from './follow';
import { KubectlApply } from './KubectlApply';
import { addNodes } from './nodes';
import { writePlatformContent } from './platformContent';
import { readTable } from './readTable';
import type { Row } from './rowSchema';
import { startPortal } from './startPortal';

const DEFAULT_MINUTES = 12;

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
  const platform = await startRealPlatform({ content, log });
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
  const portals = {
    portal: await startPortal(platform, 'portal'),
    outsider: await startPortal(platform, 'outsider'),
  };
  try {
    log(`${rows.length} rows`);
    const { problem } = await applyObjects(kubectl, rows, gitea.repositoryUrl);
    if (problem) {
      log(problem);
    }
    return await follow(rows, {
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

/** Applies the objects of all rows but those that need their owner's uid; one that is refused fails its row alone. */
async function applyObjects(
  kubectl: KubectlApply,
  rows: Row[],
  repositoryUrl: string,
): Promise<{ problem?: string }> {
  const objects = rows.flatMap(row => [
    ...row.objects
      .map(object => completeObject(row, object))
      .filter(({ ownedBy }) => !ownedBy),
    ...podOf(row),
    ...applicationOf(row, repositoryUrl),
  ]);
  const text = JSON.stringify(objects).replaceAll(
    '<repository>',
    repositoryUrl,
  );
  try {
    await kubectl.apply(JSON.parse(text));
    return {};
  } catch (error) {
    return { problem: String(error) };
  }
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
    )) as {
      items: { metadata: { namespace: string } }[];
    };
    const namespaces = new Set(items.map(({ metadata }) => metadata.namespace));
    missing = rows.filter(row => !namespaces.has(namespaceOf(row)));
    await delay(200);
  }
}
