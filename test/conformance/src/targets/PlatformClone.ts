import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import type { ForgeApi, ForgeUser } from './ForgeApi';

const run = promisify(execFile);

/** Contents of files by path; undefined removes a file. */
export type Changes = Record<string, string | undefined>;

/** A clone of the platform repository that pushes over HTTP. */
export class PlatformClone {
  readonly #directory: string;
  readonly #forge: ForgeApi;

  static async create(forge: ForgeApi): Promise<PlatformClone> {
    const directory = await mkdtemp(join(tmpdir(), 'conformance-clone-'));
    const clone = new PlatformClone(directory, forge);
    await clone.git('platform-engineer', 'clone', forge.repositoryUrl, '.');
    return clone;
  }

  private constructor(directory: string, forge: ForgeApi) {
    this.#directory = directory;
    this.#forge = forge;
  }

  async remove(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true });
  }

  /** Runs Git as a user of the forge, without the settings of this machine. */
  async git(user: ForgeUser, ...args: string[]): Promise<string> {
    const authorization = this.#forge.authorization(user);
    const settings = {
      'user.name': user,
      'user.email': `${user}@example.com`,
      ...(authorization && {
        'http.extraHeader': `Authorization: ${authorization}`,
      }),
    };
    const { stdout } = await run('git', args, {
      cwd: this.#directory,
      env: {
        PATH: process.env.PATH,
        LC_ALL: 'C',
        HOME: this.#directory,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_TERMINAL_PROMPT: '0',
        GIT_CONFIG_COUNT: String(Object.keys(settings).length),
        ...Object.fromEntries(
          Object.entries(settings).flatMap(([key, value], index) => [
            [`GIT_CONFIG_KEY_${index}`, key],
            [`GIT_CONFIG_VALUE_${index}`, value],
          ]),
        ),
      },
    });
    return stdout.trim();
  }

  /** Commits to `main` and pushes as the platform engineer, and returns the commit. */
  async commit(message: string, changes: Changes): Promise<string> {
    const engineer = 'platform-engineer';
    await this.git(engineer, 'fetch', '--quiet', 'origin', 'main');
    await this.git(
      engineer,
      'checkout',
      '--quiet',
      '-B',
      'main',
      'origin/main',
    );
    const commit = await this.#write(message, changes, engineer);
    await this.git(engineer, 'push', '--quiet', 'origin', 'main');
    return commit;
  }

  /** Pushes a new branch with one commit on `main` as the portal, and returns the commit. */
  async branch(name: string, changes: Changes): Promise<string> {
    const bot = 'portal-bot';
    await this.git(bot, 'fetch', '--quiet', 'origin', 'main');
    await this.git(bot, 'checkout', '--quiet', '-B', name, 'origin/main');
    const commit = await this.#write(`Change ${name}`, changes, bot);
    await this.git(bot, 'push', '--quiet', 'origin', name);
    return commit;
  }

  async #write(
    message: string,
    changes: Changes,
    user: ForgeUser,
  ): Promise<string> {
    for (const [path, content] of Object.entries(changes)) {
      const file = join(this.#directory, path);
      if (content === undefined) {
        await rm(file);
      } else {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
    }
    await this.git(user, 'add', '--all');
    await this.git(user, 'commit', '--quiet', `--message=${message}`);
    return this.git(user, 'rev-parse', 'HEAD');
  }
}
