import { spawn } from 'node:child_process';
import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

export interface Result {
  code: number;
  output: string;
  errors: string;
}

/** Runs a program, which may fail. */
export async function run(
  command: string,
  args: string[],
  options: {
    directory?: string;
    environment?: Record<string, string | undefined>;
  } = {},
): Promise<Result> {
  const child = spawn(command, args, {
    cwd: options.directory,
    env: { ...process.env, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  let errors = '';
  child.stdout.on('data', chunk => {
    output += chunk;
  });
  child.stderr.on('data', chunk => {
    errors += chunk;
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', resolve);
  });
  return { code: code ?? 1, output, errors };
}

/**
 * Runs a program, and returns its output.
 *
 * @throws an error with the last lines of its messages, if it fails
 */
export async function runOrThrow(
  ...[command, args, options]: Parameters<typeof run>
): Promise<string> {
  const { code, output, errors } = await run(command, args, options);
  if (code !== 0) {
    const detail = (errors || output).trimEnd().split('\n').slice(-10);
    throw new Error(`${command} ${args[0]} failed: ${detail.join('\n')}`);
  }
  return output;
}

export async function isOnPath(program: string): Promise<boolean> {
  for (const directory of (process.env.PATH ?? '').split(delimiter)) {
    try {
      await access(join(directory, program), constants.X_OK);
      return true;
    } catch {
      // Not in this directory.
    }
  }
  return false;
}
