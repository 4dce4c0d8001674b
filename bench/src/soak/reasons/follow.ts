import { setTimeout as delay } from 'node:timers/promises';
import type { Health } from '@internal/plugin-ml-platform-common';
import type { RealPlatform } from '@internal/real-platform';
import type { RealCluster } from '../RealCluster';
import { commitFiles } from './commitFiles';
import { isAsExpected } from './compare';
import {
  argocdNamespaceOf,
  completeObject,
  namespaceOf,
} from './completeObject';
import type { KubectlApply } from './KubectlApply';
import type { Row } from './rowSchema';
import { StandIn, type ListedPod } from './StandIn';
import type { Portal } from './startPortal';

const ROUND_MS = 1_000;

/** The portal's answer about a row. */
export interface RowResult {
  row: Row;
  /** Seconds after the objects were applied; undefined if the portal never said what the table expects. */
  seconds?: number;
  health?: Health;
  /** Why the row could not be caused. */
  problem?: string;
}

interface FollowOptions {
  portals: Record<Row['reader'], Portal>;
  cluster: RealCluster;
  kubectl: KubectlApply;
  platform: RealPlatform;
  minutes: number;
  log: (line: string) => void;
}

/**
 * Lets the stand-ins write, and asks the portal, round after round, until every row is as expected or the time is up.
 */
export async function follow(
  rows: Row[],
  options: FollowOptions,
): Promise<RowResult[]> {
  const { cluster, minutes, log } = options;
  const started = performance.now();
  const secondsPassed = () => Math.round((performance.now() - started) / 1000);
  const standIn = new StandIn({ cluster });
  const changed = new Set<Row>();
  const results: RowResult[] = rows.map(row => ({ row }));
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
      try {
        await standIn.createOwned(row);
        await standIn.write(row, pods.get(namespaceOf(row)) ?? []);
        await look(result, { ...options, changed });
        if (result.health && isDone(result, changed)) {
          result.seconds = secondsPassed();
          log(`ok ${row.name} (${result.seconds} s)`);
        }
      } catch (error) {
        result.problem = String(error);
      }
    }
    await delay(ROUND_MS);
  }
  return results;
}

/** Asks the portal, and takes the second step of a row when it is due. */
async function look(
  result: RowResult,
  {
    portals,
    kubectl,
    platform,
    changed,
  }: FollowOptions & { changed: Set<Row> },
): Promise<void> {
  const { row } = result;
  result.health = await portals[row.reader].health(row.name, row.name);
  if (
    isTwoStep(row) &&
    !changed.has(row) &&
    result.health?.state === row.from
  ) {
    await kubectl.apply(row.then.map(object => completeObject(row, object)));
    for (const object of row.remove) {
      await kubectl.remove(
        object.startsWith('application')
          ? argocdNamespaceOf(row)
          : namespaceOf(row),
        object,
      );
    }
    await commitFiles(platform, row);
    changed.add(row);
    // What it said is about the first step.
    result.health = undefined;
  }
}

function isDone({ row, health }: RowResult, changed: Set<Row>): boolean {
  return isAsExpected(row, health) && (!isTwoStep(row) || changed.has(row));
}

function isTwoStep({ then, remove, gitThen }: Row): boolean {
  return then.length > 0 || remove.length > 0 || gitThen !== undefined;
}
