import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { runGit } from '../git/runGit';

const IDENTITY = {
  GIT_AUTHOR_NAME: 'Test',
  GIT_AUTHOR_EMAIL: 'test@example.com',
  GIT_COMMITTER_NAME: 'Test',
  GIT_COMMITTER_EMAIL: 'test@example.com',
};

/** A bare platform repository with a work tree to commit from. */
export class PlatformRepository {
  readonly #root: string;

  static async create(): Promise<PlatformRepository> {
    const root = await mkdtemp(join(tmpdir(), 'sandbox-test-'));
    const repository = new PlatformRepository(root);
    await mkdir(repository.#workTree);
    await runGit(
      [
        'init',
        '--quiet',
        '--bare',
        '--initial-branch=main',
        repository.directory,
      ],
      { directory: root },
    );
    await runGit(
      ['clone', '--quiet', repository.directory, repository.#workTree],
      { directory: root },
    );
    return repository;
  }

  private constructor(root: string) {
    this.#root = root;
  }

  /** Directory of the bare repository. */
  get directory(): string {
    return join(this.#root, 'platform.git');
  }

  /** State directory for the sandbox. */
  get stateDirectory(): string {
    return join(this.#root, 'state');
  }

  get #workTree(): string {
    return join(this.#root, 'work');
  }

  /** Commits files; undefined deletes a file. Returns the commit. */
  async commit(files: Record<string, string | undefined>): Promise<string> {
    for (const [path, content] of Object.entries(files)) {
      const file = join(this.#workTree, path);
      if (content === undefined) {
        await rm(file, { recursive: true });
      } else {
        await mkdir(dirname(file), { recursive: true });
        await writeFile(file, content);
      }
    }
    return this.#push();
  }

  /** Commits a copy of a directory under the same name. */
  async commitDirectory(source: string, name: string): Promise<string> {
    await cp(source, join(this.#workTree, name), { recursive: true });
    return this.#push();
  }

  async remove(): Promise<void> {
    await rm(this.#root, { recursive: true, force: true });
  }

  async #push(): Promise<string> {
    const options = { directory: this.#workTree, environment: IDENTITY };
    await runGit(['add', '--all'], options);
    await runGit(['commit', '--quiet', '--message', 'Change'], options);
    await runGit(['push', '--quiet', 'origin', 'HEAD:main'], options);
    return (await runGit(['rev-parse', 'HEAD'], options)).toString().trim();
  }
}
