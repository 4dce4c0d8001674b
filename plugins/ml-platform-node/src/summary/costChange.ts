import {
  addCosts,
  costOfUse,
  formatList,
  formatMoney,
  formatNeed,
  MONTH_HOURS,
  totalCost,
  type CostChange,
  type CostParts,
  type Prices,
} from '@internal/plugin-ml-platform-common';
import { gpuFraction } from '../gpus';
import type { EnvironmentBuild } from '../validation/builds';
import { claimedBytes, type PodSet, podSets, unknownPodSets } from './podSets';

const GIB = 2 ** 30;

/**
 * Prices what a change makes of a workload, with the arithmetic. Requests cost at base prices: on which nodes pods will run is not
 * known before they do.
 */
export function costChange(
  builds: EnvironmentBuild[],
  prices: Prices,
): CostChange {
  return {
    currency: prices.currency,
    sample: prices.sample,
    texts: builds.flatMap(build => costTexts(build, prices)),
  };
}

function costTexts(
  { environment, before, after }: EnvironmentBuild,
  prices: Prices,
): string[] {
  const money = (perHour: number) =>
    `${prices.currency} ${formatMoney(perHour * MONTH_HOURS, 2)}`;
  const [setsBefore, setsAfter] = [podSets(before), podSets(after)];
  const claims = claimedBytes(after);
  const [old, next, most] = [
    serviceCost(setsBefore, claimedBytes(before), prices),
    serviceCost(setsAfter, claims, prices),
    serviceCost(setsAfter, claims, prices, true),
  ].map(parts => ({ parts, perHour: totalCost(parts) }));
  const texts: string[] = [];
  if (old.perHour !== next.perHour) {
    const now = money(next.perHour);
    const difference = money(Math.abs(next.perHour - old.perHour));
    const change =
      old.perHour === 0
        ? `${now} a month`
        : `${now} a month instead of ${money(old.perHour)}, ${difference} ${
            next.perHour > old.perHour ? 'more' : 'less'
          }`;
    texts.push(
      `${environment.name}: ${change}${arithmetic(next.parts, setsAfter)}.`,
    );
  }
  if (most.perHour > next.perHour && most.perHour !== old.perHour) {
    texts.push(
      `${environment.name}: up to ${money(
        most.perHour,
      )} a month with all replicas that its autoscaler may start.`,
    );
  }
  const existing = new Set(setsBefore.map(runKey));
  for (const set of setsAfter) {
    const perHour = totalCost(costOf(set, set.replicas, prices));
    const isNew = !existing.has(runKey(set));
    if (set.sort !== 'service' && isNew) {
      texts.push(
        `${environment.name}: ${set.object.kind} ${
          set.object.metadata.name
        } costs ${prices.currency} ${formatMoney(
          perHour,
          2,
        )} for each hour that it runs.`,
      );
    }
  }
  const unknown = unknownPodSets(after);
  if (unknown.length > 0) {
    texts.push(
      `${environment.name}: not counted are the pods of ${formatList(
        unknown.map(({ kind, metadata }) => `${kind} ${metadata.name}`),
      )}.`,
    );
  }
  return texts;
}

/** The sum of an hour, and the hours of a month; empty for nothing. */
function arithmetic(parts: CostParts, sets: PodSet[]): string {
  const pods = sets
    .filter(({ sort }) => sort === 'service')
    .reduce((sum, { replicas }) => sum + replicas, 0);
  const names = {
    cpu: 'CPU',
    memory: 'memory',
    gpu: 'GPUs',
    storage: 'volumes',
  };
  const terms = Object.entries(names).flatMap(([key, name]) => {
    const amount = parts[key as keyof CostParts];
    return amount > 0 ? [`${name} ${formatMoney(amount, 4)}`] : [];
  });
  return terms.length > 0
    ? ` (${formatNeed('pods', pods)}: ${terms.join(
        ' + ',
      )} an hour, × ${MONTH_HOURS} hours)`
    : '';
}

/** @param claimed - bytes of volumes that belong to no pod. */
function serviceCost(
  sets: PodSet[],
  claimed: number,
  prices: Prices,
  most = false,
): CostParts {
  const claims = costOfUse(
    { storageGibHours: claimed / GIB },
    prices,
    undefined,
  );
  return sets
    .filter(({ sort }) => sort === 'service')
    .map(set => costOf(set, most ? set.most : set.replicas, prices))
    .reduce(addCosts, claims);
}

function costOf(
  { requests, gpuProduct, storage }: PodSet,
  replicas: number,
  prices: Prices,
): CostParts {
  const gpus = Object.entries(requests.gpus).reduce(
    (sum, [resource, count]) =>
      sum + count * gpuFraction(resource, { product: gpuProduct }),
    0,
  );
  return costOfUse(
    {
      cpuCoreHours: (requests.millicores / 1000) * replicas,
      memoryGibHours: (requests.memory / GIB) * replicas,
      gpuHours: gpus * replicas,
      gpuProduct,
      storageGibHours: (storage / GIB) * replicas,
    },
    prices,
    undefined,
  );
}

/** A Job, or a CronJob as long as its pods request the same. */
function runKey({ object, requests, replicas }: PodSet): string {
  return JSON.stringify([
    object.kind,
    object.metadata.name,
    object.kind === 'Job' ? undefined : [requests, replicas],
  ]);
}
