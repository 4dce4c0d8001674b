import type { ChangedFile } from '@internal/plugin-ml-platform-common';
import type { OversizedFile } from '../untrustedFiles';

/** A file to write or delete, relative to the repository's root. */
export type FileChange =
  | { path: string; content: Buffer; executable?: boolean }
  | { path: string; deleted: true };

export interface GitIdentity {
  name: string;
  email: string;
}

/** A file, or lines of it, that two sides changed differently. */
export interface MergeConflict {
  path: string;
  /** First of the lines in the current file, from 1; undefined when a whole file is in conflict, for example deleted on one side. */
  line?: number;
  /** The lines now, and as requested. */
  current?: string;
  requested?: string;
}

export interface MergeResult {
  /** Files that change without a conflict. */
  changes: FileChange[];
  conflicts: MergeConflict[];
}

/** Author, date and message of a commit. */
export interface Revision {
  /** `Name <email>`. */
  author: string;
  /** ISO 8601. */
  date: string;
  message: string;
}

/** A commit of the branch that added, changed or deleted a file. */
export interface FileVersion {
  commit: string;
  /** Date of the commit; ISO 8601. */
  date: string;
}

/** Versions of a file at a commit of the branch, newest first. */
export interface FileHistory {
  commit: string;
  versions: FileVersion[];
}

/**
 * The platform repository, through one bare clone per replica. Paths are relative to the repository's root. Every method
 * throws `ServiceUnavailableError` when the forge cannot be reached; its message contains no host and no credentials.
 */
export interface PlatformRepository {
  /** The deployed branch, for example `main`. */
  readonly branch: string;
  /** Fetches the branch. Concurrent calls share one fetch. @returns the commit at its head. */
  head(): Promise<string>;
  /** The head of the last fetch; undefined before the first. */
  lastKnownHead(): string | undefined;
  /** Lists files (not directories) below a directory at a commit; empty when the directory does not exist. */
  list(commit: string, directory: string): Promise<string[]>;
  /** Lists files below a directory by path, each with the id of its content. */
  entries(commit: string, directory: string): Promise<Map<string, string>>;
  /** Lists the directories in a directory by name, each with the id of its content: everything below it. */
  directories(commit: string, directory: string): Promise<Map<string, string>>;
  /**
   * Reads files at a commit; the map lacks paths that do not exist.
   *
   * @throws ConflictError when a file is larger than `FILE_BYTES.other`.
   */
  read(commit: string, paths: string[]): Promise<Map<string, Buffer>>;
  /** Reads files that teams merge: those larger than `maxBytes` are not read. */
  readLimited(options: {
    commit: string;
    paths: string[];
    maxBytes: number;
  }): Promise<Map<string, Buffer | OversizedFile>>;
  /**
   * Writes directories and files of a commit below `targetDirectory`, without a `.git` directory.
   *
   * @throws ConflictError for symbolic links, and for more than `CHECKOUT_LIMITS`.
   */
  checkout(options: {
    commit: string;
    paths: string[];
    targetDirectory: string;
  }): Promise<void>;
  /**
   * Creates a commit without a work tree. The same input gives the same commit id, because the dates are those of the base
   * commit.
   *
   * @returns the commit id.
   */
  commit(options: {
    base: string;
    changes: FileChange[];
    message: string;
    author: GitIdentity;
  }): Promise<string>;
  /**
   * Merges generated files into a commit, three-way: what people changed since the files were last generated stays, added
   * files included. Git follows renames. Nothing is written but objects of the clone.
   *
   * @param options.recorded - contents by path, as they were generated last; empty when they are new.
   * @param options.next - contents by path, as they are generated now.
   */
  merge(options: {
    commit: string;
    recorded: Map<string, Buffer>;
    next: Map<string, Buffer>;
  }): Promise<MergeResult>;
  /** @throws NotFoundError when the commit does not exist. */
  revision(commit: string): Promise<Revision>;
  /**
   * Checks if a commit equals another, or has it in its history. Fetches when the clone lacks one of them.
   *
   * @throws NotFoundError when one of them is not on the branch.
   */
  contains(options: { commit: string; ancestor: string }): Promise<boolean>;
  /**
   * Lists the commits that changed a file or a directory, newest first, along first parents: a merge counts as one commit, at the time of the
   * merge. Changes on merged branches do not count, because they were never deployed.
   *
   * @param options.known - the history at an earlier commit; only what came after that is read.
   */
  fileHistory(options: {
    commit: string;
    path: string;
    limit: number;
    known?: FileHistory;
  }): Promise<FileVersion[]>;
  /**
   * Checks if a commit was the head of the branch before another one was, by following first parents. Commits of merged
   * branches never were, and nobody may have approved these one by one.
   */
  wasHead(options: { commit: string; head: string }): Promise<boolean>;
  /** The first commit of the branch, along first parents from a commit. */
  initialCommit(commit: string): Promise<string>;
  /** Compares two commits: one unified diff per file, as `git diff` prints it. */
  diff(base: string, commit: string): Promise<ChangedFile[]>;
  /** Fetches another branch. @returns its head and the first parent of that; undefined when there is no such branch. */
  branchHead(
    branch: string,
  ): Promise<{ commit: string; parent: string } | undefined>;
  /**
   * Pushes a commit as a new branch. Idempotent for the same commit; a branch with another commit is never changed.
   *
   * @throws ConflictError when the branch exists with another commit.
   */
  pushNewBranch(options: { commit: string; branch: string }): Promise<void>;
}
