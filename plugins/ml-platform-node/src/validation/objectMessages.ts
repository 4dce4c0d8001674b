import type { CheckResult } from '@internal/plugin-ml-platform-common';
import { EventLoopSlice } from '../async/EventLoopSlice';
import type { KubernetesObject } from '../kustomize';
import { type EnvironmentBuild, NOTHING_DEPLOYED } from './builds';
import type { Change } from './Change';
import { type CheckMessage, checkResult, skippedCheck } from './checkResult';
import { locationsOf } from './locations';

/** A problem of an object, as text to follow its kind and name. */
type ObjectProblem = string | Pick<CheckMessage, 'subject' | 'text'>;

/** Finds the problems of an object. */
type ObjectProblems = (
  object: KubernetesObject,
  build: EnvironmentBuild,
) => ObjectProblem[];

/** Creates the result of a check of all objects. It passes only if every object was looked at. */
export async function objectCheck(
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
): Promise<CheckResult> {
  const messages = await objectMessages(change, builds, problemsOf);
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
 * Checks every object of every environment, with pauses: a team can have thousands. A problem that occurs in several
 * environments becomes one message, which names them; otherwise its path does.
 */
export async function objectMessages(
  change: Change,
  builds: EnvironmentBuild[],
  problemsOf: ObjectProblems,
): Promise<CheckMessage[]> {
  const slice = new EventLoopSlice();
  const messages = new Map<
    string,
    Pick<CheckMessage, 'kind' | 'subject'> & {
      paths: Set<string>;
      environments: Set<string>;
    }
  >();
  for (const build of builds) {
    for (const object of build.after) {
      await slice.next();
      for (const found of problemsOf(object, build)) {
        const problem = typeof found === 'string' ? { text: found } : found;
        const text = `${object.kind} ${object.metadata.name}: ${problem.text}`;
        const { paths, environments } = messages.get(text) ?? {
          paths: new Set<string>(),
          environments: new Set<string>(),
        };
        paths.add(build.sources.get(object) ?? '');
        environments.add(build.environment.name);
        messages.set(text, {
          kind: object.kind,
          ...('subject' in problem && { subject: problem.subject }),
          paths,
          environments,
        });
      }
    }
  }
  const { directory } = locationsOf(change);
  return [...messages].map(([text, { paths, environments, ...message }]) =>
    paths.size === 1
      ? { path: [...paths][0], text, ...message }
      : {
          path: directory,
          text: `${text} (${[...environments].join(', ')})`,
          ...message,
        },
  );
}
