import type {
  ChangeSummary,
  DestructiveChange,
  Prices,
  RenderedObject,
  ResourceNeeds,
} from '@internal/plugin-ml-platform-common';
import type { EnvironmentBuild } from '../validation/builds';
import type { Change } from '../validation/Change';
import { approvals } from './approvals';
import { objectTexts } from './objectTexts';
import { costChange } from './costChange';
import { environmentNeeds } from './environmentNeeds';
import { cloudEnvironments, fileTexts } from './fileTexts';
import type { TeamLimits } from './teamLimits';

/** Summary of a change that cannot be built, or that is for no workload. */
export function baseSummary(
  change: Pick<Change, 'changedPaths' | 'rootDirectory'>,
  objects: RenderedObject[] = [],
  destructive: DestructiveChange[] = [],
): ChangeSummary {
  return {
    environments: environmentsOf(objects),
    cloudEnvironments: [],
    changes: objectTexts(objects),
    needs: [],
    approvals: approvals(change, destructive),
  };
}

/** Says in words what a change of a workload does. */
export async function changeSummary(
  change: Change,
  result: {
    builds: EnvironmentBuild[];
    objects: RenderedObject[];
    destructive: DestructiveChange[];
    limits: TeamLimits | undefined;
  },
  prices: Prices | undefined,
): Promise<ChangeSummary> {
  const { builds, objects, destructive, limits } = result;
  const { before, team } = change;
  return {
    environments: environmentsOf(objects),
    cloudEnvironments: cloudEnvironments(change),
    changes: [
      ...objectTexts(objects),
      ...(before === undefined ? [] : await fileTexts({ ...change, before })),
    ],
    needs: builds
      .map(build => environmentNeeds(build, { team, queue: limits?.queue }))
      .filter(needs =>
        [needs.before, needs.after, needs.jobs].some(isSomething),
      ),
    cost: prices && costChange(builds, prices),
    approvals: approvals(change, destructive),
  };
}

function environmentsOf(objects: RenderedObject[]): string[] {
  return [
    ...new Set(objects.map(({ environment }) => environment).filter(Boolean)),
  ];
}

function isSomething(needs: ResourceNeeds): boolean {
  return Object.values(needs).some(amount => amount > 0);
}
