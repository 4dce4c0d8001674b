import { spawn } from 'node:child_process';

/** Environment of Git processes, which ignore all configuration but that of the repository. */
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
    /** Standard output until the failure. */
    readonly output: Buffer,
    detail: string,
  ) {
    super(`git ${command} failed: ${detail}`);
  }
}

/**
 * Runs Git and returns its standard output.
 *
 * @throws GitError for a non-zero exit code.
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
    // Git may exit before it has read all input; its exit code decides.
    child.stdin.on('error', () => {});
    child.stdin.end(options.input);
  });
}
