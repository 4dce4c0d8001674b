import type { ChangedFile } from '@internal/plugin-ml-platform-common';

/** A file to write (or to delete) relative to the repository's root. */
export type FileChange =
  | { path: string; content: Buffer; executable?: boolean }
  | { path: string; deleted: true };

export interface GitIdentity {
  name: string;
  email: string;
}

/** A commit as people read about it. */
export interface Revision {
  /** `Name <email>`. */
  author: string;
  /** ISO 8601. */
  date: string;
  message: string;
}

/**
 * The platform repository through one bare clone per replica. Paths are relative to the repository's root.
 * Every method throws `ServiceUnavailableError` when the forge cannot be reached, with no host or credential in the message.
 */
export interface PlatformRepository {
  /** Name of the branch that is deployed, for example `main`. */
  readonly branch: string;
  /** Fetches, and gives the commit at the head of the branch. Concurrent calls share one fetch. */
  head(): Promise<string>;
  /** The commit last fetched, without asking the forge; undefined before the first fetch. */
  lastKnownHead(): string | undefined;
  /** Files (not directories) below a directory at a commit; empty when there is no such directory. */
  list(commit: string, directory: string): Promise<string[]>;
  /** Contents at a commit; paths that do not exist are absent from the map. */
  read(commit: string, paths: string[]): Promise<Map<string, Buffer>>;
  /** Writes the given directories (and files) as of the commit below `targetDirectory`. No `.git` is made. */
  checkout(options: {
    commit: string;
    paths: string[];
    targetDirectory: string;
  }): Promise<void>;
  /**
   * Makes a commit out of objects, with no work tree. The same input gives the same commit id:
   * dates are those of the base commit.
   */
  commit(options: {
    base: string;
    changes: FileChange[];
    message: string;
    author: GitIdentity;
  }): Promise<string>;
  /** @throws NotFoundError when the repository has no such commit. */
  revision(commit: string): Promise<Revision>;
  /**
   * Whether a commit is another one, or has it in its history. Fetches when the clone does not have one of them.
   *
   * @throws NotFoundError when the repository does not have one of them on its branch.
   */
  contains(options: { commit: string; ancestor: string }): Promise<boolean>;
  /** What lies between two commits, one unified diff per file, as `git diff` prints it. */
  diff(base: string, commit: string): Promise<ChangedFile[]>;
  /**
   * Pushes a commit as a new branch. The same commit again is fine; another commit is never overwritten.
   *
   * @throws ConflictError when the branch exists with another commit.
   */
  pushNewBranch(options: { commit: string; branch: string }): Promise<void>;
}
