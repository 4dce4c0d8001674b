import { tmpdir } from 'node:os';
import { InputError, ServiceUnavailableError } from '@backstage/errors';
import {
  BUILD_MEMORY_BYTES,
  isOutOfMemory,
  kustomizeCommand,
} from '@internal/platform-rules';
import pLimit from 'p-limit';
import {
  CommandOutputError,
  type CommandResult,
  CommandTimeoutError,
  runCommand,
} from '../command/runCommand';
import { RENDERED_LIMITS } from '../untrustedFiles';
import { inBuildNetwork } from './buildNetwork';

const TIMEOUT_MILLISECONDS = 20_000;
/** With the memory of each, a bound of what all builds take. */
const concurrent = pLimit(2);
/** Exit code of a shell for a program that does not exist. */
const PROGRAM_NOT_FOUND = 127;
/** A proxy at the discard port, so that network access fails at once. */
const CLOSED = 'http://127.0.0.1:9';

/**
 * Runs `kubectl kustomize` in a directory whose references were checked, without a network and with little memory
 * where the system allows it.
 *
 * @throws InputError if it takes too long, too much memory, or prints too much; ServiceUnavailableError without kubectl.
 */
export async function runKustomize(
  directory: string,
  options: { signal?: AbortSignal },
): Promise<CommandResult> {
  return concurrent(() => run(directory, options));
}

async function run(
  directory: string,
  options: { signal?: AbortSignal },
): Promise<CommandResult> {
  const [program, programArguments] = await inBuildNetwork(
    ...kustomizeCommand('.'),
  );
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
      maxOutputBytes: RENDERED_LIMITS.bytes,
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
        `Kustomize renders more than ${RENDERED_LIMITS.bytes} bytes. Make the kustomization smaller.`,
      );
    }
    if (isMissingProgram(error)) {
      throw kubectlMissing();
    }
    throw error;
  }
  if (result.exitCode === PROGRAM_NOT_FOUND) {
    throw kubectlMissing();
  }
  if (result.exitCode !== 0 && isOutOfMemory(result.stderr)) {
    throw new InputError(
      `Kustomize needs more than ${
        BUILD_MEMORY_BYTES / 1024 / 1024
      } MiB of memory for this. Make the kustomization smaller: look for replacements, patches and labels that multiply text.`,
    );
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
