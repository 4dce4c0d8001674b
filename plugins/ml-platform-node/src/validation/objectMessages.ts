import type { KubernetesObject } from '../kustomize';
import type { EnvironmentBuild } from './builds';
import type { Change } from './Change';
import type { CheckMessage } from './checkResult';
import { locationsOf } from './locations';

/**
 * Checks every object of every environment. A problem that occurs in several environments becomes one message.
 *
 * @param problemsOf - finds the problems of an object, as text to follow its kind and name.
 */
export function objectMessages(
  change: Change,
  builds: EnvironmentBuild[],
  problemsOf: (object: KubernetesObject, build: EnvironmentBuild) => string[],
): CheckMessage[] {
  const environmentsOf = new Map<string, string[]>();
  for (const build of builds) {
    for (const object of build.after) {
      for (const problem of problemsOf(object, build)) {
        const text = `${object.kind} ${object.metadata.name}: ${problem}`;
        const environments = environmentsOf.get(text) ?? [];
        environmentsOf.set(text, [...environments, build.environment.name]);
      }
    }
  }
  const { directory, overlay } = locationsOf(change);
  return [...environmentsOf].map(([text, environments]) => ({
    path: environments.length === 1 ? overlay(environments[0]) : directory,
    text: `${text} (${environments.join(', ')})`,
  }));
}
