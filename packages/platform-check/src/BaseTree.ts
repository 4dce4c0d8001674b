import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { git } from './git';

/** Files of a commit in a temporary directory, so that they can be built like those of the work tree. */
export class BaseTree {
  readonly directory: string;
  readonly #parent: string;

  /**
   * Writes files of a commit. It uses an index of its own, and leaves the clone as it is.
   *
   * @param isNeeded - selects files by their path
   */
  static async checkout(
    repository: string,
    commit: string,
    isNeeded: (file: string) => boolean,
  ): Promise<BaseTree> {
    const parent = await mkdtemp(path.join(tmpdir(), 'platform-check-base-'));
    const tree = new BaseTree(parent);
    await mkdir(tree.directory);
    const environment = { GIT_INDEX_FILE: path.join(parent, 'index') };
    await git(repository, ['read-tree', commit], { environment });
    const files = await git(repository, ['ls-files', '-z', '--full-name'], {
      environment,
    });
    const input = files
      .split('\0')
      .filter(file => file !== '' && isNeeded(file))
      .map(file => `${file}\0`)
      .join('');
    await git(
      repository,
      ['checkout-index', '-z', '--stdin', `--prefix=${tree.directory}/`],
      { environment, input },
    );
    return tree;
  }

  private constructor(parent: string) {
    this.#parent = parent;
    this.directory = path.join(parent, 'tree');
  }

  async delete(): Promise<void> {
    await rm(this.#parent, { recursive: true, force: true });
  }
}
