import { rm } from 'node:fs/promises';
import { InputError } from '@backstage/errors';
import type { ChangedFile } from '@internal/plugin-ml-platform-common';
import type { OversizedFile } from '../untrustedFiles';
import { commitObjects } from './commitObjects';
import { FETCH_COMMAND } from './fetchCommand';
import { fileDiffs } from './fileDiffs';
import { fileHistory, initialCommit, leadsTo } from './fileHistory';
import { hasAncestor } from './hasAncestor';
import { unknownCommit } from './gitFailure';
import {
  initialiseClone,
  type Clone,
  type GitPlatformRepositoryOptions,
} from './initialiseClone';
import { mergeTrees } from './mergeTrees';
import type {
  FileChange,
  FileHistory,
  FileVersion,
  GitIdentity,
  MergeResult,
  PlatformRepository,
  Revision,
} from './PlatformRepository';
import { fetchBranchHead } from './fetchBranchHead';
import { pushNewBranch } from './pushNewBranch';
import { checkoutFiles, readFiles, readLimitedFiles } from './readFiles';
import { readRevision } from './readRevision';
import { subdirectories, treeEntries } from './treeEntries';

/** Longer than that of later fetches, because the first fetch transfers all commits and trees. */
const FIRST_FETCH_TIMEOUT_MILLISECONDS = 120_000;

/**
 * The platform repository, read and written through a bare partial clone that belongs to this process. A fetch transfers
 * commits and trees; file contents (blobs) are fetched on demand.
 */
export class GitPlatformRepository implements PlatformRepository {
  readonly #options: GitPlatformRepositoryOptions;
  /** Created by the first operation. */
  #clone: Promise<Clone> | undefined;
  /** The fetch in progress, which concurrent callers of `head` share. */
  #fetch: Promise<string> | undefined;
  #lastKnownHead: string | undefined;

  /** @throws InputError when the URL is not http(s) or carries credentials. */
  static create(options: GitPlatformRepositoryOptions): GitPlatformRepository {
    const url = URL.canParse(options.url) ? new URL(options.url) : undefined;
    if (url?.protocol !== 'http:' && url?.protocol !== 'https:') {
      throw new InputError(
        'mlPlatform.repository.url: must be the HTTP(S) clone URL of the platform repository',
      );
    }
    if (url.username || url.password) {
      throw new InputError(
        'mlPlatform.repository.url: must not contain credentials; configure them in `integrations`',
      );
    }
    return new GitPlatformRepository(options);
  }

  private constructor(options: GitPlatformRepositoryOptions) {
    this.#options = options;
  }

  get branch(): string {
    return this.#options.branch;
  }

  async head(): Promise<string> {
    this.#fetch ??= this.#fetchHead().finally(() => {
      this.#fetch = undefined;
    });
    return this.#fetch;
  }

  lastKnownHead(): string | undefined {
    return this.#lastKnownHead;
  }

  async list(commit: string, directory: string): Promise<string[]> {
    return [...(await this.entries(commit, directory)).keys()];
  }

  async entries(
    commit: string,
    directory: string,
  ): Promise<Map<string, string>> {
    const { git } = await this.#open(commit);
    const entries = await treeEntries(git, commit, [directory]);
    return new Map(
      entries
        .filter(
          ({ path: file }) =>
            directory === '' || file.startsWith(`${directory}/`),
        )
        .map(({ path: file, id }) => [file, id]),
    );
  }

  async directories(
    commit: string,
    directory: string,
  ): Promise<Map<string, string>> {
    const { git } = await this.#open(commit);
    return subdirectories(git, commit, directory);
  }

  async read(commit: string, paths: string[]): Promise<Map<string, Buffer>> {
    return readFiles({ ...(await this.#open(commit)), commit, paths });
  }

  async readLimited(options: {
    commit: string;
    paths: string[];
    maxBytes: number;
  }): Promise<Map<string, Buffer | OversizedFile>> {
    const clone = await this.#open(options.commit);
    return readLimitedFiles({ ...clone, ...options });
  }

  async checkout(options: {
    commit: string;
    paths: string[];
    targetDirectory: string;
  }): Promise<void> {
    const clone = await this.#open(options.commit);
    await checkoutFiles({ ...clone, ...options });
  }

  async commit(options: {
    base: string;
    changes: FileChange[];
    message: string;
    author: GitIdentity;
  }): Promise<string> {
    const { git, blobs } = await this.#open(options.base);
    return commitObjects(git, blobs, {
      ...options,
      committer: this.#options.committer,
    });
  }

  async merge(options: {
    commit: string;
    recorded: Map<string, Buffer>;
    next: Map<string, Buffer>;
  }): Promise<MergeResult> {
    const { git, blobs } = await this.#open(options.commit);
    return mergeTrees(git, blobs, {
      ...options,
      committer: this.#options.committer,
    });
  }

  async revision(commit: string): Promise<Revision> {
    const { git } = await this.#open(commit);
    return readRevision(git, commit);
  }

  async contains(options: {
    commit: string;
    ancestor: string;
  }): Promise<boolean> {
    const { commit, ancestor } = options;
    const { git } = await this.#open(commit, ancestor);
    let contained = await hasAncestor(git, commit, ancestor);
    if (contained === undefined) {
      await this.head();
      contained = await hasAncestor(git, commit, ancestor);
    }
    if (contained === undefined) {
      throw unknownCommit();
    }
    return contained;
  }

  async fileHistory(options: {
    commit: string;
    path: string;
    limit: number;
    known?: FileHistory;
  }): Promise<FileVersion[]> {
    const { git } = await this.#open(options.commit);
    return fileHistory(git, options);
  }

  async wasHead(options: { commit: string; head: string }): Promise<boolean> {
    const { commit, head } = options;
    const { git } = await this.#open(head, commit);
    return leadsTo(git, commit, head);
  }

  async initialCommit(commit: string): Promise<string> {
    const { git } = await this.#open(commit);
    return initialCommit(git, commit);
  }

  async diff(base: string, commit: string): Promise<ChangedFile[]> {
    const { git, blobs } = await this.#open(base, commit);
    return fileDiffs(git, blobs, base, commit);
  }

  async branchHead(
    branch: string,
  ): Promise<{ commit: string; parent: string } | undefined> {
    const { git } = await this.#open();
    return fetchBranchHead(git, branch);
  }

  async pushNewBranch(options: {
    commit: string;
    branch: string;
  }): Promise<void> {
    const { git } = await this.#open(options.commit);
    await pushNewBranch(git, options);
  }

  /** Deletes the clone. */
  async close(): Promise<void> {
    const clone = await this.#clone?.catch(() => undefined);
    this.#clone = undefined;
    if (clone) {
      await rm(clone.git.directory, { recursive: true, force: true });
    }
  }

  async #fetchHead(): Promise<string> {
    const { git } = await this.#open();
    const { branch } = this;
    const ref = `refs/remotes/origin/${branch}`;
    await git.run(
      [...FETCH_COMMAND, '--', 'origin', `+refs/heads/${branch}:${ref}`],
      this.#lastKnownHead
        ? {}
        : { timeoutMilliseconds: FIRST_FETCH_TIMEOUT_MILLISECONDS },
    );
    this.#lastKnownHead = await git.text(['rev-parse', '--verify', ref]);
    return this.#lastKnownHead;
  }

  /** Opens the clone, after checking that commits are ids and not options or revision expressions. */
  async #open(...commits: string[]): Promise<Clone> {
    const invalid = commits.find(commit => !/^[0-9a-f]{40}$/.test(commit));
    if (invalid !== undefined) {
      throw new InputError(`"${invalid}" is not a full commit id`);
    }
    this.#clone ??= initialiseClone(this.#options).catch(error => {
      this.#clone = undefined;
      throw error;
    });
    const clone = await this.#clone;
    if (commits.length > 0 && this.#lastKnownHead === undefined) {
      // A task may continue with its commit after the portal was restarted.
      await this.head();
    }
    return clone;
  }
}
