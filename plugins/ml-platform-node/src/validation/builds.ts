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
import { type CheckMessage, checkResult } from './checkResult';
import { directoriesIn, filesBelow } from './files';
import { locationsOf, referenceScope } from './locations';

/** `spec.source.directory` of the Applications of runs, in `infra/gitops/tenants`. */
const RUNS_SOURCE: DirectoryOptions = { include: '*.yaml' };

/** Objects that Argo CD would apply in one environment: the overlay and the training runs. */
export interface EnvironmentBuild {
  environment: Environment;
  before: KubernetesObject[];
  after: KubernetesObject[];
}

/** Builds all environments of the workload, before and after the change. */
export async function buildWorkload(
  change: Change,
  options: { signal?: AbortSignal },
): Promise<{ check: CheckResult; builds: EnvironmentBuild[] }> {
  const messages = await unknownEnvironments(change);
  const builds = await Promise.all(
    change.environments.map(async environment => {
      const [before, after] = await Promise.all([
        change.before === undefined
          ? undefined
          : build(change, change.before, environment, options),
        build(change, change.root, environment, options),
      ]);
      messages.push(...after.messages);
      // Errors before the change are ignored: then all objects count as new.
      return {
        environment,
        before: before?.objects ?? [],
        after: after.objects,
      };
    }),
  );
  const { directory } = locationsOf(change);
  return {
    check: checkResult(
      'kustomize-build',
      'Every environment builds',
      messages.map(({ path: file, text }) => ({
        path: file ?? directory,
        text,
      })),
    ),
    builds,
  };
}

async function build(
  change: Change,
  root: string,
  environment: Environment,
  options: { signal?: AbortSignal },
): Promise<{ objects: KubernetesObject[]; messages: CheckMessage[] }> {
  const objects: KubernetesObject[] = [];
  const messages: CheckMessage[] = [];
  const attempt = async (
    file: string,
    make: () => Promise<KubernetesObject[]>,
  ) => {
    try {
      objects.push(...(await make()));
    } catch (error) {
      if (!(error instanceof Error) || error.name !== 'InputError') {
        throw error;
      }
      messages.push({ path: file, text: error.message });
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
  return { objects, messages };
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
