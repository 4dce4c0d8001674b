import { realpath } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type KubernetesObject, objectsIn } from '@internal/platform-rules';
import { EventLoopSlice } from '../async/EventLoopSlice';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import { CommandTimeoutError, runCommand } from '../command/runCommand';
import { RENDERED_LIMITS, yamlLimitProblem } from '../untrustedFiles';
import { checkReferences, type ReferenceScope } from './checkReferences';

const TIMEOUT_MILLISECONDS = 20_000;
const MAX_MESSAGE_LENGTH = 2_000;
/** A proxy at the discard port, so that network access fails at once. */
const CLOSED = 'http://127.0.0.1:9';

/**
 * Runs `kubectl kustomize` on a directory, after checking that its references stay in the scope.
 *
 * @param directory - relative to the scope's root, for example `infra/gitops/workloads/app-ml-team/fraud-scorer/overlays/dev`
 * @throws InputError with Kustomize's own message, its paths relative to the root; ServiceUnavailableError without kubectl.
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
  // Kustomize resolves symbolic links, for example of the temporary directory, in its messages.
  const root = await realpath(scope.root);
  const result = await runKubectl(path.join(root, directory), options);
  if (result.exitCode !== 0) {
    throw new InputError(readableMessage(result.stderr, root));
  }
  return parseRendered(result.stdout);
}

/** Parses what Kustomize printed, with limits: a short kustomization can print much. */
async function parseRendered(output: Buffer): Promise<KubernetesObject[]> {
  const text = output.toString('utf8');
  const problem =
    output.length > RENDERED_LIMITS.bytes
      ? `It has more than ${RENDERED_LIMITS.bytes} bytes. Make it smaller.`
      : (await yamlLimitProblem(text, RENDERED_LIMITS))?.text;
  if (problem) {
    throw new InputError(`What Kustomize renders is too large: ${problem}`);
  }
  const slice = new EventLoopSlice();
  const objects: KubernetesObject[] = [];
  for (const object of objectsIn(text)) {
    objects.push(object);
    await slice.next();
  }
  return objects;
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
          // A second defence: Kustomize can neither clone with Git nor load over HTTP.
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
        'The portal cannot run Kustomize because kubectl is not installed. Contact the platform team.',
      );
    }
    throw error;
  }
}

/** Removes "error: " and the absolute path of the temporary directory from Kustomize's message. */
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
  return `A patch targets ${kind} ${name} (${apiVersion}), but no resource matches. Compare apiVersion, kind and name of the patch with those of the resource. (Kustomize: ${message})`;
}
