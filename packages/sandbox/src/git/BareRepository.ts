import { promises as fs } from 'node:fs';
import { resolve as resolvePath } from 'node:path';
import { parseTree, type TreeEntry } from './tree';
import { GitError, runGit } from './runGit';
import { parseCommits, COMMIT_FORMAT, type Commit } from './commits';
import { parseChanges, type FileChange } from './parseChanges';

export interface Signature {
  name: string;
  email: string;
}

/** Id of the empty tree, which exists in every repository. */
export const EMPTY_TREE = '4b825dc642cb6eb9a060e54bf8d69288fbee4904';

/** Matches names that are neither options nor expressions of Git's revision syntax. */
const REF_NAME =
  /^(?!.*(\.\.|\/\/|@\{|\.lock$|\/$|\.$))[A-Za-z0-9_][\w./+@=,-]*$/;

/** A bare repository on disk, accessed through the Git command line. */
export class BareRepository {
  readonly directory: string;

  /** Creates an empty repository. The directory must not exist. */
  static async create(options: {
    directory: string;
    branch: string;
    configuration: Record<string, string>;
  }): Promise<BareRepository> {
    const { branch, configuration } = options;
    const directory = resolvePath(options.directory);
    await fs.mkdir(directory, { recursive: true });
    await runGit(
      [
        'init',
        '--quiet',
        '--bare',
        '--template=',
        `--initial-branch=${branch}`,
      ],
      { directory },
    );
    for (const [key, value] of Object.entries(configuration)) {
      await runGit(['config', key, value], { directory });
    }
    return new BareRepository(directory);
  }

  /** Opens the repository in a directory. */
  constructor(directory: string) {
    this.directory = resolvePath(directory);
  }

  /** Replaces the hooks, by their names. */
  async installHooks(hooks: Record<string, string>): Promise<void> {
    const directory = `${this.directory}/hooks`;
    await fs.rm(directory, { recursive: true, force: true });
    await fs.mkdir(directory);
    for (const [name, script] of Object.entries(hooks)) {
      await fs.writeFile(`${directory}/${name}`, script, { mode: 0o755 });
    }
  }

  /** Resolves a branch, tag, commit id or full ref name to a commit. */
  async resolve(name: string): Promise<string | undefined> {
    if (!REF_NAME.test(name)) {
      return undefined;
    }
    const candidates = [`refs/heads/${name}`, `refs/tags/${name}`];
    if (name.startsWith('refs/')) {
      candidates.unshift(name);
    } else if (/^[0-9a-f]{7,40}$/.test(name)) {
      candidates.push(name);
    }
    for (const candidate of candidates) {
      const found = await this.#gitOrUndefined(
        'rev-parse',
        '--verify',
        '--quiet',
        `${candidate}^{commit}`,
      );
      if (found) {
        return found.toString().trim();
      }
    }
    return undefined;
  }

  /** Lists branches with their commits, ordered by name. */
  async branches(): Promise<Map<string, string>> {
    const output = await this.#git(
      'for-each-ref',
      '--format=%(refname:lstrip=2) %(objectname)',
      'refs/heads/',
    );
    return new Map(
      lines(output).map(line => line.split(' ') as [string, string]),
    );
  }

  async commit(sha: string): Promise<Commit> {
    return (await this.log({ from: sha, limit: 1 }))[0];
  }

  /** Lists commits, newest first, without those that `excluding` reaches or that did not change `path`. */
  async log(options: {
    from: string;
    excluding?: string;
    limit?: number;
    path?: string;
  }): Promise<Commit[]> {
    const { from, excluding, limit, path } = options;
    const output = await this.#git(
      'log',
      `--format=${COMMIT_FORMAT}`,
      '-z',
      ...(limit === undefined ? [] : [`--max-count=${limit}`]),
      from,
      ...(excluding ? [`^${excluding}`] : []),
      '--',
      ...(path ? [path] : []),
    );
    return parseCommits(output.toString());
  }

  /** Lists the entries of a directory; undefined when it does not exist. */
  async list(
    commit: string,
    path: string,
    options: { recursive?: boolean } = {},
  ): Promise<TreeEntry[] | undefined> {
    const output = await this.#gitOrUndefined(
      'ls-tree',
      '-z',
      '--long',
      ...(options.recursive ? ['-r', '-t'] : []),
      `${commit}:${path}`,
    );
    const prefix = path ? `${path}/` : '';
    return output && parseTree(output, prefix);
  }

  async entry(commit: string, path: string): Promise<TreeEntry | undefined> {
    const output = await this.#git(
      'ls-tree',
      '-z',
      '--long',
      '--full-tree',
      commit,
      '--',
      path,
    );
    return parseTree(output, '')[0];
  }

  async blob(sha: string): Promise<Buffer> {
    return this.#git('cat-file', 'blob', sha);
  }

  /** Returns the unified diff of two commits. */
  async diff(base: string, head: string): Promise<string> {
    return (
      await this.#git(
        'diff',
        '--no-color',
        '--no-ext-diff',
        '--no-textconv',
        '--find-renames',
        base,
        head,
        '--',
      )
    ).toString();
  }

  async changes(base: string, head: string): Promise<FileChange[]> {
    const output = await this.#git(
      'diff',
      '--raw',
      '--numstat',
      '-z',
      '--find-renames',
      base,
      head,
      '--',
    );
    return parseChanges(output.toString());
  }

  async mergeBase(one: string, other: string): Promise<string | undefined> {
    return (await this.#gitOrUndefined('merge-base', one, other))
      ?.toString()
      .trim();
  }

  /** Computes the tree of a three-way merge; undefined when there are conflicts. */
  async mergeTree(ours: string, theirs: string): Promise<string | undefined> {
    const output = await this.#gitOrUndefined(
      'merge-tree',
      '--write-tree',
      '--no-messages',
      ours,
      theirs,
    );
    return output?.toString().trim();
  }

  async commitTree(options: {
    tree: string;
    parents: string[];
    message: string;
    author: Signature;
    committer: Signature;
  }): Promise<string> {
    const { tree, parents, message, author, committer } = options;
    const output = await runGit(
      ['commit-tree', tree, ...parents.flatMap(parent => ['-p', parent])],
      {
        directory: this.directory,
        input: message,
        environment: {
          GIT_AUTHOR_NAME: author.name,
          GIT_AUTHOR_EMAIL: author.email,
          GIT_COMMITTER_NAME: committer.name,
          GIT_COMMITTER_EMAIL: committer.email,
        },
      },
    );
    return output.toString().trim();
  }

  /**
   * Sets a ref, optionally only if it is at `expected`.
   *
   * @throws GitError when it is at another commit.
   */
  async updateRef(
    ref: string,
    commit: string,
    expected?: string,
  ): Promise<void> {
    await this.#git(
      'update-ref',
      ref,
      commit,
      ...(expected === undefined ? [] : [expected]),
    );
  }

  /** Deletes a ref. @throws GitError when it is not at `expected`. */
  async deleteRef(ref: string, expected: string): Promise<void> {
    await this.#git('update-ref', '-d', ref, expected);
  }

  /** Creates an archive with the top-level directory `prefix`. */
  async archive(
    commit: string,
    format: 'tar' | 'tar.gz',
    prefix: string,
  ): Promise<Buffer> {
    return this.#git(
      'archive',
      `--format=${format}`,
      `--prefix=${prefix}/`,
      commit,
    );
  }

  async #git(...args: string[]): Promise<Buffer> {
    return runGit(args, { directory: this.directory });
  }

  /** Runs Git; undefined when it fails because something does not exist. */
  async #gitOrUndefined(...args: string[]): Promise<Buffer | undefined> {
    try {
      return await this.#git(...args);
    } catch (error) {
      if (error instanceof GitError) {
        return undefined;
      }
      throw error;
    }
  }
}

function lines(output: Buffer): string[] {
  return output.toString().split('\n').filter(Boolean);
}
