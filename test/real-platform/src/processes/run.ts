import { spawn } from 'node:child_process';
import { basename } from 'node:path';
import { lastLines } from './lastLines';

/**
 * Runs a program, and returns its output.
 *
 * @throws an error with the last lines of its messages, if it fails
 */
export async function run(
  command: string,
  args: string[],
  options: {
    directory?: string;
    environment?: Record<string, string | undefined>;
    input?: string;
  } = {},
): Promise<string> {
  const child = spawn(command, args, {
    cwd: options.directory,
    env: options.environment ?? process.env,
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
    // A program may exit before it has read all input; its exit code shows why.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
  if (code !== 0) {
    const detail = lastLines(errors || output, 10);
    throw new Error(`${basename(command)} ${args[0]} failed: ${detail}`);
  }
  return output;
}
