import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_OUTPUT = 64 * 1024 * 1024;

/** Runs Git without the repository's hooks and monitors, so that its configuration cannot start programs. */
export async function git(repository: string, args: string[]): Promise<string> {
  const { stdout } = await run(
    'git',
    ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', ...args],
    { cwd: repository, maxBuffer: MAX_OUTPUT },
  );
  return stdout;
}
