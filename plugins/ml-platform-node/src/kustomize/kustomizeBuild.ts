import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { CommandTimeoutError, runCommand } from '../command/runCommand';
import { checkReferences, type ReferenceScope } from './checkReferences';
import { type KubernetesObject, parseObjects } from './parseObjects';

const TIMEOUT_MILLISECONDS = 20_000;
const MAX_MESSAGE_LENGTH = 2_000;
/** The discard port: whatever tries to use the network fails at once. */
const CLOSED = 'http://127.0.0.1:9';

/**
 * What `kubectl kustomize` makes of a directory, after checking that it refers to nothing outside its scope.
 *
 * @param directory - relative to the scope's root, for example `infra/gitops/workloads/app-ml-team/fraud-scorer/overlays/dev`
 * @throws InputError with Kustomize's own words, paths relative to the root; ServiceUnavailableError when kubectl is missing.
 */
export async function kustomizeBuild(
  directory: string,
  scope: ReferenceScope,
  options: { signal?: AbortSignal } = {},
): Promise<KubernetesObject[]> {
  const problems = await checkReferences(directory, scope);
  if (problems.length > 0) {
    throw new InputError(
      problems.map(problem => `${problem.path}: ${problem.text}`).join('\n'),
    );
  }
  // Kustomize resolves links, for example of the temporary directory, and so do we to find the root in its words.
  const root = await realpath(scope.root);
  const result = await runKubectl(path.join(root, directory), options);
  if (result.exitCode !== 0) {
    throw new InputError(readableMessage(result.stderr, root));
  }
  return parseObjects(result.stdout.toString('utf8'));
}

async function runKubectl(
  directory: string,
  options: { signal?: AbortSignal },
) {
  try {
    return await runCommand(
      'kubectl',
      ['kustomize', '--load-restrictor', 'LoadRestrictionsRootOnly', '.'],
      {
        workingDirectory: directory,
        environment: {
          PATH: process.env.PATH ?? '',
          HOME: tmpdir(),
          KUBECONFIG: '/dev/null',
          // Kustomize clones with git and loads with HTTP: neither gets anywhere, whatever the check above overlooked.
          GIT_ALLOW_PROTOCOL: 'none',
          HTTP_PROXY: CLOSED,
          HTTPS_PROXY: CLOSED,
          ALL_PROXY: CLOSED,
          NO_PROXY: '',
        },
        timeoutMilliseconds: TIMEOUT_MILLISECONDS,
        signal: options.signal,
      },
    );
  } catch (error) {
    if (error instanceof CommandTimeoutError) {
      throw new ServiceUnavailableError(
        `Kustomize took longer than ${
          TIMEOUT_MILLISECONDS / 1000
        } s. Try again in a minute.`,
      );
    }
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new ServiceUnavailableError(
        'The portal cannot build with Kustomize: kubectl is not installed where it runs. Tell the platform team.',
      );
    }
    throw error;
  }
}

/** Kustomize's words without "error: " and without the absolute path of a temporary directory. */
function readableMessage(stderr: string, root: string): string {
  const message = stderr
    .trim()
    .replace(/^error: /, '')
    .replaceAll(`${root}/`, '')
    .replaceAll(root, '.')
    .slice(0, MAX_MESSAGE_LENGTH);
  const target =
    /no matches for Id (\w+)\.(\w+)\.([\w.[\]]+)\/([a-z0-9-]+)/.exec(message);
  if (!target) {
    return message;
  }
  const [, kind, version, group, name] = target;
  const apiVersion = group === '[noGrp]' ? version : `${group}/${version}`;
  return `A patch is for ${kind} ${name} of ${apiVersion}, and no resource is that. Compare apiVersion, kind and name of the patch with those of the resource. (Kustomize says: ${message})`;
}
