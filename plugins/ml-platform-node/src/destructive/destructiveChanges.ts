import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@internal/platform-rules';
import {
  type DestructiveChange,
  isProduction,
} from '@internal/plugin-ml-platform-common';
import type { EnvironmentBuild } from '../validation/builds';
import type { Change } from '../validation/Change';
import { locationsOf } from '../validation/locations';
import { KustomizationGraph } from '../validation/platform/KustomizationGraph';
import { approvedBy } from './approvers';
import { bucketEffects } from './buckets';
import type { Comparison, Effect } from './Comparison';
import { destructiveObjects, mergedChanges } from './destructiveObjects';
import { cloudEffect, removalEffect } from './leftovers';
import { runEffects } from './runs';
import { volumeEffects } from './volumes';

/** Check that every environment, or part of the platform, could be compared with the base. */
export const DESTRUCTIVE = [
  'destructive',
  'Destructive effects of the change are known',
] as const;

const MAX_NAMES = 5;

/**
 * Finds the destructive effects of a change of one workload: on its objects as Kustomize builds them before and after, on its
 * runs, and on what belongs to it elsewhere. Environments that do not build are left out.
 */
export async function destructiveChanges(
  change: Change & { before: string },
  builds: EnvironmentBuild[],
): Promise<DestructiveChange[]> {
  const { directory, overlay } = locationsOf(change);
  const runs = await runEffects(
    { before: change.before, after: change.root },
    `${directory}/runs`,
  );
  const changes: DestructiveChange[] = runs.map(
    ({ code, path, text, environment }) => ({
      code,
      path,
      text,
      environments: [environment],
      approvers: approvedBy(code, {
        team: change.team,
        isProduction: change.environments.some(
          candidate =>
            candidate.name === environment && isProduction(candidate),
        ),
      }),
    }),
  );
  for (const build of builds.filter(({ isComparable }) => isComparable)) {
    const { environment } = build;
    const comparison: Comparison = {
      path: overlay(environment.name),
      team: change.team,
      environment: environment.name,
      isProduction: isProduction(environment),
      ...objectsOf(build, source => source === overlay(environment.name)),
    };
    // A run is compared as a file; what it claims beside its Job is lost as anything else.
    const ofRuns = objectsOf(
      build,
      source => source !== overlay(environment.name),
    );
    changes.push(
      ...destructiveObjects(
        [
          {
            ...comparison,
            path: `${directory}/runs/${environment.name}`,
            before: ofRuns.before,
            after: [...ofRuns.after, ...comparison.after],
          },
        ],
        [volumeEffects],
      ),
    );
    const add = (effect: Effect | undefined) =>
      effect &&
      changes.push({
        ...effect,
        path: comparison.path,
        environments: [environment.name],
        approvers: approvedBy(effect.code, comparison),
      });
    const removal = await removalEffect(change, environment);
    add(removal);
    add(await cloudEffect(change, environment));
    (await bucketEffects(change, environment)).forEach(add);
    if (!removal) {
      changes.push(...destructiveObjects([comparison]));
      add(await productionEffect(change, comparison));
    } else if (!comparison.isProduction) {
      changes.push(...destructiveObjects([comparison], [volumeEffects]));
    }
  }
  return mergedChanges(changes);
}

/** Objects of some of the overlay and the files of runs. */
function objectsOf(
  { before, after, sources }: EnvironmentBuild,
  isSource: (source: string | undefined) => boolean,
): Pick<Comparison, 'before' | 'after'> {
  const isOfSource = (object: KubernetesObject) =>
    isSource(sources.get(object));
  return {
    before: before.filter(isOfSource),
    after: after.filter(isOfSource),
  };
}

async function productionEffect(
  change: Change,
  comparison: Comparison,
): Promise<Effect | undefined> {
  if (!comparison.isProduction) {
    return undefined;
  }
  const { directory, catalogFile } = locationsOf(change);
  const own = [`${directory}/runs/`, `${comparison.path}/`];
  const overlays = `${directory}/overlays/`;
  // An overlay that people wrote can load another one.
  const graph = await KustomizationGraph.read(change.root, [directory]);
  const files = [
    ...change.changedPaths.filter(
      file =>
        file.startsWith(`${directory}/`) &&
        file !== catalogFile &&
        !own.some(prefix => file.startsWith(prefix)) &&
        (!file.startsWith(overlays) || graph.isLoadedBy(comparison.path, file)),
    ),
    ...(change.sharedPaths ?? []),
  ];
  return productionFromBase(comparison, files, change.workload);
}

/** Finds objects of production that a change of shared files adds, changes or removes. */
export function productionFromBase(
  { before, after }: Comparison,
  files: string[],
  name: string,
): Effect | undefined {
  const [previous, current] = [before, after].map(
    objects => new Map(objects.map(object => [titleOf(object), object])),
  );
  const objects = [...new Set([...previous.keys(), ...current.keys()])].filter(
    title => !isDeepStrictEqual(previous.get(title), current.get(title)),
  );
  return before.length > 0 && files.length > 0 && objects.length > 0
    ? {
        code: 'production-from-base',
        text: `${name} changes in production because of files that all environments share: ${shortened(
          files,
        )}. Changed objects: ${shortened(
          objects,
        )}. Review it as a change of production.`,
      }
    : undefined;
}

function titleOf({ kind, metadata: { name } }: KubernetesObject): string {
  return `${kind} ${name}`;
}

function shortened(names: string[]): string {
  return names.length > MAX_NAMES
    ? `${names.slice(0, MAX_NAMES).join(', ')} and ${
        names.length - MAX_NAMES
      } more`
    : names.join(', ');
}
