import {
  formatNeed,
  type CheckResult,
  type ProblemSubject,
  type ResourceNeeds,
} from '@internal/plugin-ml-platform-common';
import { quantityOf } from '../quantities';
import { environmentNeeds, jobNeeds } from '../summary/environmentNeeds';
import type { TeamLimits } from '../summary/teamLimits';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import { type CheckMessage, checkResult, skippedCheck } from './checkResult';
import { locationsOf } from './locations';

export const CAPACITY = [
  'capacity',
  'The quota and the queue of the team can hold it',
] as const;

/** Resources of a quota, by the names that it may have, and the input of a form that decides. GPUs are the queue's. */
const QUOTA_RESOURCES: Record<
  'cpu' | 'memory' | 'pods' | 'storage',
  { names: string[]; subject?: ProblemSubject }
> = {
  cpu: { names: ['requests.cpu', 'cpu'], subject: 'size' },
  memory: { names: ['requests.memory', 'memory'], subject: 'size' },
  pods: { names: ['pods'] },
  storage: { names: ['requests.storage'], subject: 'storage' },
};

/**
 * Checks that the workload fits into the whole quota of each namespace, and into the whole queue. Others' use does not count: it
 * changes, and a preview says what is free now. What is as much as before does not fail.
 */
export function checkCapacity(
  change: Change,
  builds: EnvironmentBuild[],
  limits: TeamLimits | undefined,
): CheckResult {
  if (!limits) {
    return skippedCheck(
      ...CAPACITY,
      `Not checked: a plan of a team, or the tier of ${change.team}, cannot be read.`,
    );
  }
  const messages = builds.flatMap(build => {
    const { environment } = build;
    const { before, after, namespace } = environmentNeeds(build, {
      team: change.team,
    });
    const path = locationsOf(change).overlay(environment.name);
    const quota = limits.quotas.get(environment.name) ?? {};
    return [
      ...exceeded({ needs: after, before, quota, limits, namespace }),
      ...jobNeeds(build).flatMap(needs =>
        exceeded({ needs, quota, limits, namespace }),
      ),
    ].map(problem => ({ path, ...problem }));
  });
  return checkResult(...CAPACITY, messages);
}

function exceeded({
  needs,
  before,
  quota,
  limits: { queue },
  namespace,
}: {
  needs: ResourceNeeds;
  before?: ResourceNeeds;
  quota: Record<string, string>;
  limits: TeamLimits;
  namespace: string;
}): Array<Pick<CheckMessage, 'subject' | 'text'>> {
  const grows = (resource: keyof ResourceNeeds) =>
    needs[resource] > (before?.[resource] ?? 0);
  const ofQuota = Object.entries(QUOTA_RESOURCES).flatMap(
    ([key, { names, subject }]) => {
      const resource = key as keyof typeof QUOTA_RESOURCES;
      const name = names.find(candidate => quota[candidate] !== undefined);
      const hard = name === undefined ? undefined : quantityOf(quota[name]);
      const needed = formatNeed(resource, needs[resource]);
      return hard !== undefined && needs[resource] > hard && grows(resource)
        ? [
            {
              subject,
              text: `Needs ${needed}, and the whole quota of ${namespace} is ${formatNeed(
                resource,
                hard,
              )}. Request less, or ask the platform team for a larger tier.`,
            },
          ]
        : [];
    },
  );
  if (!queue) {
    return ofQuota;
  }
  const lent = queue.mostGpus - queue.gpus;
  const needed = formatNeed('gpus', needs.gpus);
  return needs.gpus > queue.mostGpus && grows('gpus')
    ? [
        ...ofQuota,
        {
          subject: 'gpus',
          text: `Needs ${needed}, and the queue can never grant more than ${queue.mostGpus}: the team's share is ${queue.gpus}, and other teams could lend ${lent}. Request fewer GPUs.`,
        },
      ]
    : ofQuota;
}
