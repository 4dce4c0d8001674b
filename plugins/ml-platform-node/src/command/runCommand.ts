import { type ChildProcess, spawn } from 'node:child_process';

export interface CommandResult {
  exitCode: number;
  stdout: Buffer;
  stderr: string;
}

/** Thrown when a command took too long; it was killed with all processes that it had started. */
export class CommandTimeoutError extends Error {
  name = 'CommandTimeoutError';
}

/** Thrown when a command printed too much; it was killed like one that took too long. */
export class CommandOutputError extends Error {
  name = 'CommandOutputError';
}

export interface CommandOptions {
  /** The complete environment; nothing is inherited. */
  environment: Record<string, string>;
  workingDirectory: string;
  input?: string | Buffer;
  timeoutMilliseconds: number;
  /** Default: 64 MiB. */
  maxOutputBytes?: number;
  signal?: AbortSignal;
}

const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/**
 * Runs a program without a shell. A non-zero exit code is a result, not an error.
 *
 * @throws CommandTimeoutError, CommandOutputError, the signal's reason, or the error of a program that cannot be started.
 */
export async function runCommand(
  program: string,
  programArguments: string[],
  options: CommandOptions,
): Promise<CommandResult> {
  const { maxOutputBytes = MAX_OUTPUT_BYTES } = options;
  options.signal?.throwIfAborted();
  // In a process group of its own, so that its child processes (git-remote-http) are killed with it.
  const child = spawn(program, programArguments, {
    cwd: options.workingDirectory,
    env: options.environment,
    detached: true,
  });
  const stdout: Buffer[] = [];
  const stderr: Buffer[] = [];
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;

  try {
    const exitCode = await new Promise<number>((resolve, reject) => {
      const stop = (reason: unknown) => {
        reject(reason);
        killGroup(child);
      };
      timer = setTimeout(
        stop,
        options.timeoutMilliseconds,
        new CommandTimeoutError(
          `${program} took longer than ${options.timeoutMilliseconds} ms`,
        ),
      );
      onAbort = () => stop(options.signal?.reason);
      options.signal?.addEventListener('abort', onAbort, { once: true });

      let size = 0;
      const collect = (chunks: Buffer[]) => (chunk: Buffer) => {
        size += chunk.length;
        if (size > maxOutputBytes) {
          stop(
            new CommandOutputError(
              `${program} printed more than ${maxOutputBytes} bytes`,
            ),
          );
        } else {
          chunks.push(chunk);
        }
      };
      child.stdout.on('data', collect(stdout));
      child.stderr.on('data', collect(stderr));
      child.on('error', reject);
      child.on('close', code => resolve(code ?? -1));
      // A program may exit without reading its input; its exit code decides.
      child.stdin.on('error', () => {});
      child.stdin.end(options.input);
    });
    return {
      exitCode,
      stdout: Buffer.concat(stdout),
      stderr: Buffer.concat(stderr).toString('utf8'),
    };
  } finally {
    clearTimeout(timer);
    if (onAbort) {
      options.signal?.removeEventListener('abort', onAbort);
    }
  }
}

function killGroup(child: ChildProcess) {
  try {
    if (child.pid) {
      process.kill(-child.pid, 'SIGKILL');
    }
  } catch {
    // The process had already exited.
  }
}
