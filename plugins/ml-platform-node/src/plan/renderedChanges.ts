import type { PlanProblem } from './parsePlanFile';
import type { PlatformFiles } from './PlatformFiles';
import { renderPlatform } from './renderPlatform';

/**
 * Renders two plans, and finds the files in which they differ. What an earlier change left out of date is not part of it.
 *
 * @returns contents by path, `undefined` for files that the second plan does not have; or the problems of the plans.
 */
export function renderedChanges(
  before: PlatformFiles,
  after: PlatformFiles,
):
  | { changes: Map<string, string | undefined>; problems: [] }
  | { changes?: undefined; problems: PlanProblem[] } {
  const [old, next] = [renderPlatform(before), renderPlatform(after)];
  const problems = [...old.problems, ...next.problems];
  if (problems.length > 0) {
    return { problems };
  }
  const paths = new Set([...old.files.keys(), ...next.files.keys()]);
  return {
    changes: new Map(
      [...paths]
        .filter(path => old.files.get(path) !== next.files.get(path))
        .map(path => [path, next.files.get(path)] as const),
    ),
    problems: [],
  };
}
