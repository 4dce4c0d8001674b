import { spawn } from 'node:child_process';

/** Git, in an environment in which no configuration but the repository's own counts. */
export const gitEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env.PATH,
  LC_ALL: 'C',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_TERMINAL_PROMPT: '0',
  GIT_LITERAL_PATHSPECS: '1',
};

export class GitError extends Error {
  name = 'GitError';

  constructor(
    command: string,
    readonly exitCode: number | null,
    /** What Git had written until it failed. */
    readonly output: Buffer,
    detail: string,
  ) {
    super(`git ${command} failed: ${detail}`);
  }
}

/**
 * Runs Git and gives what it writes.
 *
 * @throws GitError when Git ends with anything but 0.
 */
export async function runGit(
  args: string[],
  options: {
    directory: string;
    input?: string | Buffer;
    environment?: NodeJS.ProcessEnv;
  },
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', args, {
      cwd: options.directory,
      env: { ...gitEnvironment, ...options.environment },
    });
    const output: Buffer[] = [];
    const errors: Buffer[] = [];
    child.stdout.on('data', chunk => output.push(chunk));
    child.stderr.on('data', chunk => errors.push(chunk));
    child.on('error', reject);
    child.on('close', code => {
      if (code === 0) {
        resolve(Buffer.concat(output));
      } else {
        const detail = Buffer.concat(errors).toString().trim();
        reject(new GitError(args[0], code, Buffer.concat(output), detail));
      }
    });
    // Git may end before it has read everything; its exit code tells why.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}
