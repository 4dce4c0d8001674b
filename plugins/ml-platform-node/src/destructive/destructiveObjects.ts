import type { DestructiveChange } from '@internal/plugin-ml-platform-common';
import { identityOf } from '../kustomize/objectIdentity';
import { approvedBy } from './approvers';
import type { Comparison, ObjectPair, ObjectRule } from './Comparison';
import { guardEffects } from './guards';
import { removalEffects } from './removals';
import { sourceEffects } from './sources';
import { volumeEffects } from './volumes';

const RULES = [volumeEffects, removalEffects, guardEffects, sourceEffects];

/** Finds the destructive effects on the objects of directories. Effects that several environments share become one. */
export function destructiveObjects(
  comparisons: Comparison[],
  rules: ObjectRule[] = RULES,
): DestructiveChange[] {
  return mergedChanges(
    comparisons.flatMap(comparison =>
      pairsOf(comparison).flatMap(pair => {
        const { kind, metadata } = (pair.after ?? pair.before)!;
        return rules
          .flatMap(rule => rule(pair, comparison))
          .map(({ code, text }) => ({
            code,
            path: comparison.path,
            text: `${kind} ${metadata.name}: ${text}`,
            environments: comparison.environment
              ? [comparison.environment]
              : [],
            approvers: approvedBy(code, comparison),
          }));
      }),
    ),
  );
}

/** Pairs objects by identity. Another version of the same API is the same object. */
function pairsOf({ before, after }: Comparison): ObjectPair[] {
  const current = new Map(after.map(object => [identityOf(object), object]));
  const previous = new Set(before.map(identityOf));
  return [
    ...before.map(object => ({
      before: object,
      after: current.get(identityOf(object)),
    })),
    ...after
      .filter(object => !previous.has(identityOf(object)))
      .map(object => ({ after: object })),
  ];
}

/**
 * Merges changes that differ only in their environment or path, at the position of the first.
 *
 * @param isOrigin - returns true for a path with the changed files themselves, which is named instead of those that load it
 */
export function mergedChanges(
  changes: DestructiveChange[],
  isOrigin: (path: string) => boolean = () => false,
): DestructiveChange[] {
  const found = new Map<string, DestructiveChange[]>();
  for (const change of changes) {
    const key = `${change.code}\0${change.text}`;
    found.set(key, [...(found.get(key) ?? []), change]);
  }
  return [...found.values()].map(same => {
    const paths = same.map(({ path }) => path);
    return {
      ...same[0],
      path: paths.find(isOrigin) ?? paths.reduce(commonDirectory),
      environments: distinct(same.flatMap(({ environments }) => environments)),
      approvers: distinct(same.flatMap(({ approvers }) => approvers)).sort(),
    };
  });
}

function distinct(names: string[]): string[] {
  return [...new Set(names)];
}

function commonDirectory(first: string, second: string): string {
  const [a, b] = [first.split('/'), second.split('/')];
  const end = a.findIndex((name, index) => name !== b[index]);
  return end === -1
    ? first
    : a
        .slice(0, end)
        .join('/')
        .replace(/\/overlays$/, '');
}
