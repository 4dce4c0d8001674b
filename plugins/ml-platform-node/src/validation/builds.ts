import path from 'node:path';
import type {
  CheckResult,
  Environment,
} from '@internal/plugin-ml-platform-common';
import {
  type DirectoryOptions,
  type KubernetesObject,
  appliedFiles,
  MANIFEST_BYTES,
  parseManifestFile,
} from '@internal/platform-rules';
import { kustomizeBuild } from '../kustomize';
import { readText } from '../untrustedFiles';
import type { Change } from './Change';
import { type CheckMessage, checkResult, skippedCheck } from './checkResult';
import { identityOf } from '../kustomize/objectIdentity';
import { directoriesIn, filesBelow } from './files';
import { locationsOf, referenceScope } from './locations';

/** `spec.source.directory` of the Applications of runs, in `infra/gitops/tenants`. */
const RUNS_SOURCE: DirectoryOptions = { include: '*.yaml' };

/** Objects that Argo CD would apply in one environment: the overlay and the training runs. */
export interface EnvironmentBuild {
  environment: Environment;
  before: KubernetesObject[];
  /** The objects of `before` by `identityOf`; the first of several. */
  earlier: Map<string, KubernetesObject>;
  after: KubernetesObject[];
  /** The overlay, or the run's file, of each object. */
  sources: Map<KubernetesObject, string>;
  /** Overlays and runs whose objects are missing in `after`, because they cannot be built. */
  problems: Array<{ path: string; text: string }>;
  /** True if everything was built both before and after the change. */
  isComparable: boolean;
}

export const BUILD = ['kustomize-build', 'Every environment builds'] as const;
/** Why checks of objects had nothing to look at. */
export const NOTHING_DEPLOYED =
  'Nothing is deployed: no environment has an overlay or a run.';

/** Builds all environments of the workload, before and after the change. */
export async function buildWorkload(
  change: Change,
  options: { signal?: AbortSignal },
): Promise<{ check: CheckResult; builds: EnvironmentBuild[] }> {
  const builds = await Promise.all(
    change.environments.map(async environment => {
      const [before, after] = await Promise.all([
        change.before === undefined
          ? undefined
          : build(change, change.before, environment, options),
        build(change, change.root, environment, options),
      ]);
      // Errors before the change are ignored: then all objects count as new.
      const objectsBefore = [...(before?.sources.keys() ?? [])];
      return {
        environment,
        before: objectsBefore,
        earlier: new Map(
          [...objectsBefore]
            .reverse()
            .map(object => [identityOf(object), object]),
        ),
        after: [...after.sources.keys()],
        sources: new Map([...(before?.sources ?? []), ...after.sources]),
        problems: after.problems,
        isComparable:
          before?.problems.length === 0 && after.problems.length === 0,
      };
    }),
  );
  const messages = [
    ...(await unknownEnvironments(change)),
    ...byText(change, builds),
  ];
  const isEmpty = builds.every(({ after }) => after.length === 0);
  return {
    check:
      isEmpty && messages.length === 0
        ? skippedCheck(...BUILD, NOTHING_DEPLOYED)
        : checkResult(...BUILD, messages),
    builds,
  };
}

/** Makes one message of a problem that environments share, for example in their base. */
function byText(change: Change, builds: EnvironmentBuild[]): CheckMessage[] {
  const { directory } = locationsOf(change);
  const problems = builds.flatMap(one =>
    one.problems.map(problem => ({
      ...problem,
      environment: one.environment.name,
    })),
  );
  return [...new Set(problems.map(({ text }) => text))].map(text => {
    const same = problems.filter(problem => problem.text === text);
    return same.length === 1
      ? { path: same[0].path, text }
      : {
          path: directory,
          text: `${text} (${same
            .map(({ environment }) => environment)
            .join(', ')})`,
        };
  });
}

async function build(
  change: Change,
  root: string,
  environment: Environment,
  options: { signal?: AbortSignal },
): Promise<{
  sources: Map<KubernetesObject, string>;
  problems: Array<{ path: string; text: string }>;
}> {
  const sources = new Map<KubernetesObject, string>();
  const problems: Array<{ path: string; text: string }> = [];
  const attempt = async (
    file: string,
    make: () => Promise<KubernetesObject[]>,
  ) => {
    try {
      (await make()).forEach(object => sources.set(object, file));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'InputError') {
        throw error;
      }
      problems.push({ path: file, text: error.message });
    }
  };

  const locations = locationsOf(change);
  const overlay = locations.overlay(environment.name);
  if ((await filesBelow(root, overlay)).length > 0) {
    await attempt(overlay, () =>
      kustomizeBuild(overlay, referenceScope(change, root), options),
    );
  }
  const runs = locations.runs(environment.name);
  for (const run of await appliedRuns(root, runs)) {
    await attempt(run, async () =>
      parseManifestFile(await readText(path.join(root, run), MANIFEST_BYTES)),
    );
  }
  return { sources, problems };
}

/** Files that Argo CD applies of a directory of runs. `checkAppliedFiles` refuses all others. */
async function appliedRuns(root: string, directory: string): Promise<string[]> {
  const files = (await filesBelow(root, directory))
    .filter(({ symbolicLink }) => !symbolicLink)
    .map(file => path.relative(directory, file.path));
  return appliedFiles(files, RUNS_SOURCE).map(file => `${directory}/${file}`);
}

async function unknownEnvironments(change: Change): Promise<CheckMessage[]> {
  const { directory } = locationsOf(change);
  const known = change.environments.map(({ name }) => name);
  const found = await Promise.all(
    ['overlays', 'runs'].map(async parent =>
      (
        await directoriesIn(change.root, `${directory}/${parent}`)
      )
        .filter(name => !known.includes(name))
        // Finished runs, which nothing applies.
        .filter(name => `${parent}/${name}` !== 'runs/archive')
        .map(name => ({
          path: `${directory}/${parent}/${name}`,
          text: `"${name}" is not an environment, so nothing deploys this. Environments are ${known.join(
            ', ',
          )}.`,
        })),
    ),
  );
  return found.flat();
}
