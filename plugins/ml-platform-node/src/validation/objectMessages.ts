import type { CheckResult } from '@internal/plugin-ml-platform-common';
import type { KubernetesObject } from '../kustomize';
import { type EnvironmentBuild, NOTHING_DEPLOYED } from './builds';
import type { Change } from './Change';
import { type CheckMessage, checkResult, skippedCheck } from './checkResult';
import { locationsOf } from './locations';

/** Finds the problems of an object, as text to follow its kind and name. */
type ObjectProblems = (
  object: KubernetesObject,
  build: EnvironmentBuild,
) => string[];

/** Creates the result of a check of all objects. It passes only if every object was looked at. */
export function objectCheck(
  id: string,
  title: string,
  {
    change,
    builds,
    problemsOf,
  }: {
    change: Change;
    builds: EnvironmentBuild[];
    problemsOf: ObjectProblems;
  },
): CheckResult {
  const messages = objectMessages(change, builds, problemsOf);
  const unbuilt = builds.flatMap(({ problems }) =>
    problems.map(({ path }) => path),
  );
  if (messages.length === 0 && unbuilt.length > 0) {
    return skippedCheck(
      id,
      title,
      `Not everything was checked, because this does not build: ${unbuilt.join(
        ', ',
      )}.`,
    );
  }
  return builds.some(({ after }) => after.length > 0)
    ? checkResult(id, title, messages)
    : skippedCheck(id, title, NOTHING_DEPLOYED);
}

/**
 * Checks every object of every environment. A problem that occurs in several environments becomes one message, which names
 * them; otherwise its path does.
 */
export function objectMessages(
  change: Change,
  builds: EnvironmentBuild[],
  problemsOf: ObjectProblems,
): CheckMessage[] {
  const found = new Map<
    string,
    { kind: string; paths: Set<string>; environments: Set<string> }
  >();
  for (const build of builds) {
    for (const object of build.after) {
      for (const problem of problemsOf(object, build)) {
        const text = `${object.kind} ${object.metadata.name}: ${problem}`;
        const { paths, environments } = found.get(text) ?? {
          paths: new Set<string>(),
          environments: new Set<string>(),
        };
        paths.add(build.sources.get(object) ?? '');
        environments.add(build.environment.name);
        found.set(text, { kind: object.kind, paths, environments });
      }
    }
  }
  const { directory } = locationsOf(change);
  return [...found].map(([text, { kind, paths, environments }]) =>
    paths.size === 1
      ? { path: [...paths][0], text, kind }
      : {
          path: directory,
          text: `${text} (${[...environments].join(', ')})`,
          kind,
        },
  );
}
