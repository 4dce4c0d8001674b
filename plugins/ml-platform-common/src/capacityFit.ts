import {
  addNeeds,
  formatNeed,
  type EnvironmentNeeds,
  type ResourceNeeds,
} from './changeSummary';
import { formatList } from './formatting';
import type { EnvironmentQuota, TeamQuota } from './quota';

/** Resources that a quota of a namespace limits, by the names that `TeamQuota` uses. GPUs are the queue's. */
const OF_QUOTA = {
  pods: 'pods',
  cpu: 'requests.cpu',
  memory: 'requests.memory',
  storage: 'requests.storage',
} as const;

/** A comparison of what a change needs in an environment with what is free there now. */
export interface CapacityFit {
  environment: string;
  state: 'exceeds' | 'fits' | 'unknown' | 'waits';
  texts: string[];
}

/** A sentence about one limit. */
interface Fit {
  text: string;
  state: 'exceeds' | 'fits' | 'waits';
}

/** Says what a change needs more in each environment, and what it frees. */
export function needsTexts(needs: EnvironmentNeeds[]): string[] {
  return needs.flatMap(({ environment, before, after, most, jobs }) => {
    const more = amounts(difference(after, before));
    const less = amounts(difference(before, after));
    const ofJobs = amounts(jobs);
    return [
      ...(more.length > 0
        ? [
            `${environment}: needs ${formatList(more)}${
              before.pods > 0 ? ' more' : ''
            }.`,
          ]
        : []),
      ...(most.pods > after.pods
        ? [
            `${environment}: its autoscaler may start up to ${formatNeed(
              'pods',
              most.pods,
            )}.`,
          ]
        : []),
      ...(less.length > 0
        ? [`${environment}: frees ${formatList(less)}.`]
        : []),
      ...(ofJobs.length > 0
        ? [
            `${environment}: its Jobs need ${formatList(
              ofJobs,
            )} while they run.`,
          ]
        : []),
    ];
  });
}

/** Compares the needs of a change with the live use of quota and queue. Environments that need no more are left out. */
export function capacityFit(
  needs: EnvironmentNeeds[],
  quota: TeamQuota,
): CapacityFit[] {
  return needs.flatMap((need): CapacityFit[] => {
    const more = growth(need);
    if (amounts(more).length === 0) {
      return [];
    }
    const { environment, namespace } = need;
    const current = quota.environments.find(
      candidate => candidate.environment === environment,
    );
    if (!current?.namespace) {
      return [
        {
          environment,
          state: 'unknown',
          texts: [
            `What is free in ${namespace} is not known, because the cluster does not show it.`,
          ],
        },
      ];
    }
    const parts = [...quotaFit(more, current), ...queueFit(more, need, quota)];
    return [
      {
        environment,
        state: worstState(parts),
        texts: parts.map(({ text }) => text),
      },
    ];
  });
}

function quotaFit(
  more: ResourceNeeds,
  { namespace, resources }: EnvironmentQuota,
): Fit[] {
  const limited = Object.entries(OF_QUOTA).flatMap(([key, name]) => {
    const resource = key as keyof typeof OF_QUOTA;
    const quota = resources.find(
      candidate => candidate.resource === name && candidate.scopes.length === 0,
    );
    return quota?.used !== undefined && more[resource] > 0
      ? [
          {
            needed: more[resource],
            free: Math.max(0, quota.hard - quota.used),
            format: (amount: number) => formatNeed(resource, amount),
            hard: quota.hard,
          },
        ]
      : [];
  });
  const missing = limited.filter(({ needed, free }) => needed > free);
  if (missing.length > 0) {
    return missing.map(({ needed, free, hard, format }) => ({
      text: `The quota of ${namespace} has ${format(free)} of ${format(
        hard,
      )} left, and this needs ${format(
        needed,
      )}: what does not fit is not started until others free it.`,
      state: 'waits',
    }));
  }
  return [
    {
      text:
        limited.length > 0
          ? `Fits into what is left of the quota of ${namespace}: ${formatList(
              limited.map(({ free, format }) => format(free)),
            )}.`
          : `No quota of ${namespace} limits it.`,
      state: 'fits',
    },
  ];
}

/** The team's share is for all its environments on a cluster. Pods that wait count as in use: they are served first. */
function queueFit(
  more: ResourceNeeds,
  { cluster, queue }: EnvironmentNeeds,
  { environments }: TeamQuota,
): Fit[] {
  if (!queue || more.gpus === 0) {
    return [];
  }
  const inUse = environments
    .filter(environment => environment.cluster === cluster)
    .flatMap(({ consumers }) => consumers)
    .reduce((sum, { gpus }) => sum + gpus, 0);
  const free = Math.max(0, queue.gpus - inUse);
  const needed = formatNeed('gpus', more.gpus);
  if (more.gpus > queue.mostGpus) {
    return [
      {
        text: `Needs ${needed}, more than the queue can ever grant.`,
        state: 'exceeds',
      },
    ];
  }
  const waits = more.gpus > free;
  return [
    {
      text: `Needs ${needed}; ${free} of ${queue.gpus} in the team's queue ${
        free === 1 ? 'is' : 'are'
      } free${
        waits ? ': expected to wait, unless other teams lend theirs' : ''
      }.`,
      state: waits ? 'waits' : 'fits',
    },
  ];
}

function worstState(parts: Fit[]): CapacityFit['state'] {
  const states = parts.map(({ state }) => state);
  return (
    (['exceeds', 'waits'] as const).find(state => states.includes(state)) ??
    'fits'
  );
}

/** Resources that are needed besides what the workload has already. */
function growth({ before, after, jobs }: EnvironmentNeeds): ResourceNeeds {
  return addNeeds(difference(after, before), jobs);
}

/** The first less the second, and nothing where the second has more. */
function difference(a: ResourceNeeds, b: ResourceNeeds): ResourceNeeds {
  return {
    pods: Math.max(0, a.pods - b.pods),
    cpu: Math.max(0, a.cpu - b.cpu),
    memory: Math.max(0, a.memory - b.memory),
    gpus: Math.max(0, a.gpus - b.gpus),
    storage: Math.max(0, a.storage - b.storage),
  };
}

function amounts(needs: ResourceNeeds): string[] {
  return (['pods', 'cpu', 'memory', 'gpus', 'storage'] as const)
    .filter(resource => needs[resource] > 0)
    .map(resource => formatNeed(resource, needs[resource]));
}
