import { isDeepStrictEqual } from 'node:util';
import type { KubernetesObject } from '@internal/platform-rules';
import {
  type DestructiveChange,
  isProduction,
} from '@internal/plugin-ml-platform-common';
import type { EnvironmentBuild } from '../validation/builds';
import type { Change } from '../validation/Change';
import { locationsOf } from '../validation/locations';
import { approvedBy } from './approvers';
import type { Comparison, Effect } from './Comparison';
import { destructiveObjects, mergedChanges } from './destructiveObjects';
import { bucketEffect, cloudEffect, removalEffect } from './leftovers';
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
      ...overlayObjects(build, overlay(environment.name)),
    };
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
    add(await bucketEffect(change, environment));
    if (!removal) {
      changes.push(...destructiveObjects([comparison]));
      add(productionEffect(change, comparison));
    } else if (!comparison.isProduction) {
      changes.push(...destructiveObjects([comparison], [volumeEffects]));
    }
  }
  return mergedChanges(changes);
}

/** Objects of the overlay; runs are compared as files. */
function overlayObjects(
  { before, after, sources }: EnvironmentBuild,
  overlay: string,
): Pick<Comparison, 'before' | 'after'> {
  const isOfOverlay = (object: KubernetesObject) =>
    sources.get(object) === overlay;
  return {
    before: before.filter(isOfOverlay),
    after: after.filter(isOfOverlay),
  };
}

function productionEffect(
  change: Change,
  comparison: Comparison,
): Effect | undefined {
  const { directory, catalogFile } = locationsOf(change);
  const own = ['overlays', 'runs'].map(name => `${directory}/${name}/`);
  const files = [
    ...change.changedPaths.filter(
      file =>
        file.startsWith(`${directory}/`) &&
        file !== catalogFile &&
        !own.some(prefix => file.startsWith(prefix)),
    ),
    ...(change.sharedPaths ?? []),
  ];
  return comparison.isProduction
    ? productionFromBase(comparison, files, change.workload)
    : undefined;
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
