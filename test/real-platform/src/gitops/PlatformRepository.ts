import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { RealPlatform } from '../startRealPlatform';
import { run } from '../processes/run';

/** A clone of the platform repository, with the right to push to `main`. */
export class PlatformRepository {
  readonly directory: string;
  readonly #environment: Record<string, string>;

  static async clone(platform: RealPlatform): Promise<PlatformRepository> {
    const { gitea, directory: parent } = platform;
    if (!gitea) {
      throw new Error('The platform has no Gitea');
    }
    const directory = join(parent, 'clone');
    const { token } = gitea.accounts['platform-engineer'];
    const environment = {
      PATH: process.env.PATH ?? '',
      HOME: parent,
      GIT_CONFIG_NOSYSTEM: '1',
      GIT_TERMINAL_PROMPT: '0',
      GIT_CONFIG_COUNT: '3',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: `Authorization: token ${token}`,
      GIT_CONFIG_KEY_1: 'user.name',
      GIT_CONFIG_VALUE_1: 'Platform engineer',
      GIT_CONFIG_KEY_2: 'user.email',
      GIT_CONFIG_VALUE_2: 'platform-engineer@example.com',
    };
    await run('git', ['clone', '--quiet', gitea.repositoryUrl, directory], {
      environment,
    });
    return new PlatformRepository(directory, environment);
  }

  private constructor(directory: string, environment: Record<string, string>) {
    this.directory = directory;
    this.#environment = environment;
  }

  read(path: string): Promise<string> {
    return readFile(join(this.directory, path), 'utf8');
  }

  /** Pushes a commit that writes files and removes paths, and has what `prepare` then changes in the clone. */
  async push(
    message: string,
    change: {
      write?: Record<string, string>;
      remove?: string[];
      prepare?: () => Promise<unknown>;
    },
  ): Promise<void> {
    for (const [path, content] of Object.entries(change.write ?? {})) {
      const file = join(this.directory, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    for (const path of change.remove ?? []) {
      await rm(join(this.directory, path), { recursive: true });
    }
    await change.prepare?.();
    await this.#git('add', '--all');
    await this.#git('commit', '--quiet', `--message=${message}`);
    await this.#git('push', '--quiet', 'origin', 'main');
  }

  #git(...args: string[]): Promise<string> {
    return run('git', args, {
      directory: this.directory,
      environment: this.#environment,
    });
  }
}
