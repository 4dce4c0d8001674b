import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BareRepository, Signature } from './BareRepository';
import { runGit } from './runGit';

/** Creates the initial commit from directories, including hidden files. */
export async function seedRepository(
  repository: BareRepository,
  options: {
    branch: string;
    /** Source directories by their names in the repository. */
    directories: Record<string, string>;
    message: string;
    author: Signature;
  },
): Promise<void> {
  const { branch, directories, message, author } = options;
  const { directory } = repository;
  const scratch = await mkdtemp(join(tmpdir(), 'sandbox-seed-'));
  try {
    const entries: string[] = [];
    for (const [name, source] of Object.entries(directories)) {
      const environment = {
        GIT_DIR: directory,
        GIT_WORK_TREE: source,
        GIT_INDEX_FILE: join(scratch, name),
      };
      await runGit(['add', '--all', '.'], { directory: source, environment });
      const tree = await runGit(['write-tree'], {
        directory: source,
        environment,
      });
      entries.push(`040000 tree ${tree.toString().trim()}\t${name}\n`);
    }
    const tree = await runGit(['mktree'], {
      directory,
      input: entries.join(''),
    });
    const commit = await repository.commitTree({
      tree: tree.toString().trim(),
      parents: [],
      message,
      author,
      committer: author,
    });
    await repository.updateRef(`refs/heads/${branch}`, commit);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
