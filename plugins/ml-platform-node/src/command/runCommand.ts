import { type CommandResult, commandLauncher } from './CommandLauncher';

export type { CommandResult };

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
  const {
    workingDirectory,
    environment,
    input,
    maxOutputBytes = MAX_OUTPUT_BYTES,
    signal,
  } = options;
  signal?.throwIfAborted();
  const { outcome, kill } = commandLauncher.launch({
    program,
    programArguments,
    options: { workingDirectory, environment, input, maxOutputBytes },
  });
  let timer: NodeJS.Timeout | undefined;
  let onAbort: (() => void) | undefined;
  const stopped = new Promise<never>((_, reject) => {
    const stop = (reason: unknown) => {
      kill();
      reject(reason);
    };
    timer = setTimeout(
      stop,
      options.timeoutMilliseconds,
      new CommandTimeoutError(
        `${program} took longer than ${options.timeoutMilliseconds} ms`,
      ),
    );
    onAbort = () => stop(signal?.reason);
    signal?.addEventListener('abort', onAbort, { once: true });
  });

  try {
    const end = await Promise.race([outcome, stopped]);
    if ('result' in end) {
      return end.result;
    }
    throw 'error' in end
      ? Object.assign(new Error(), end.error)
      : new CommandOutputError(
          `${program} printed more than ${maxOutputBytes} bytes`,
        );
  } finally {
    clearTimeout(timer);
    if (onAbort) {
      signal?.removeEventListener('abort', onAbort);
    }
  }
}
