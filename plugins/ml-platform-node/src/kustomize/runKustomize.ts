import { tmpdir } from 'node:os';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  CommandOutputError,
  type CommandResult,
  CommandTimeoutError,
  runCommand,
} from '../command/runCommand';
import { inBuildNetwork } from './buildNetwork';

const TIMEOUT_MILLISECONDS = 20_000;
/** A proxy at the discard port, so that network access fails at once. */
const CLOSED = 'http://127.0.0.1:9';

/**
 * Runs `kubectl kustomize` in a directory whose references were checked, without a network where the system allows it.
 *
 * @throws InputError if it takes too long or prints too much; ServiceUnavailableError without kubectl.
 */
export async function runKustomize(
  directory: string,
  options: { signal?: AbortSignal },
): Promise<CommandResult> {
  const [program, programArguments] = await inBuildNetwork('kubectl', [
    'kustomize',
    '--load-restrictor',
    'LoadRestrictionsRootOnly',
    '.',
  ]);
  let result;
  try {
    result = await runCommand(program, programArguments, {
      workingDirectory: directory,
      environment: {
        PATH: process.env.PATH ?? '',
        HOME: tmpdir(),
        KUBECONFIG: '/dev/null',
        // A defence where builds share the network: Kustomize can neither clone with Git nor load from other hosts.
        GIT_ALLOW_PROTOCOL: 'none',
        HTTP_PROXY: CLOSED,
        HTTPS_PROXY: CLOSED,
        ALL_PROXY: CLOSED,
        NO_PROXY: '',
      },
      timeoutMilliseconds: TIMEOUT_MILLISECONDS,
      signal: options.signal,
    });
  } catch (error) {
    if (error instanceof CommandTimeoutError) {
      throw new InputError(
        `Kustomize took longer than ${
          TIMEOUT_MILLISECONDS / 1000
        } s. Try again in a minute; if it is as slow again, make the kustomization smaller.`,
      );
    }
    if (error instanceof CommandOutputError) {
      throw new InputError(
        'Kustomize renders too much. Make the kustomization smaller.',
      );
    }
    if (isMissingProgram(error)) {
      throw kubectlMissing();
    }
    throw error;
  }
  // The exit code of `unshare` for a program that does not exist.
  if (program === 'unshare' && result.exitCode === 127) {
    throw kubectlMissing();
  }
  return result;
}

function isMissingProgram(error: unknown): boolean {
  return (
    typeof error === 'object' &&
    error !== null &&
    'code' in error &&
    error.code === 'ENOENT'
  );
}

function kubectlMissing(): ServiceUnavailableError {
  return new ServiceUnavailableError(
    'The portal cannot run Kustomize because kubectl is not installed. Contact the platform team.',
  );
}
