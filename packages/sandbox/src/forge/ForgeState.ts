import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

/** Pull request, with terms of Gitea. All times are ISO 8601 in whole seconds. */
const pullRequestSchema = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string(),
  /** Login of the author. */
  poster: z.string(),
  /** The target branch. */
  base: z.string(),
  /** The source branch; it may have been deleted. */
  head: z.string(),
  headCommit: z.string(),
  /** Commit id. As of the merge or close; for an open pull request, as of the last push. */
  mergeBase: z.string(),
  /** Ids of labels. */
  labels: z.array(z.number()),
  createdAt: z.string(),
  updatedAt: z.string(),
  closedAt: z.string().optional(),
  merged: z
    .object({ at: z.string(), by: z.string(), commit: z.string() })
    .optional(),
});
export type PullRequest = z.infer<typeof pullRequestSchema>;

const labelSchema = z.object({
  id: z.number(),
  name: z.string(),
  color: z.string(),
  description: z.string(),
  /** Among labels with the same prefix before the last `/`, a pull request has at most one exclusive label. */
  exclusive: z.boolean(),
});
export type Label = z.infer<typeof labelSchema>;

export const COMMIT_STATES = [
  'pending',
  'success',
  'error',
  'failure',
  'warning',
  'skipped',
] as const;

const statusSchema = z.object({
  id: z.number(),
  sha: z.string(),
  state: z.enum(COMMIT_STATES),
  targetUrl: z.string(),
  description: z.string(),
  context: z.string(),
  creator: z.string(),
  createdAt: z.string(),
});
export type CommitStatus = z.infer<typeof statusSchema>;

const commentSchema = z.object({
  id: z.number(),
  /** Number of the pull request. */
  pull: z.number(),
  poster: z.string(),
  body: z.string(),
  createdAt: z.string(),
});
export type PullRequestComment = z.infer<typeof commentSchema>;

export const REVIEW_STATES = [
  'APPROVED',
  'REQUEST_CHANGES',
  'COMMENT',
] as const;

const reviewSchema = z.object({
  id: z.number(),
  /** Number of the pull request. */
  pull: z.number(),
  reviewer: z.string(),
  state: z.enum(REVIEW_STATES),
  body: z.string(),
  /** Id of the head commit at the time of the review. */
  commit: z.string(),
  createdAt: z.string(),
});
export type PullReview = z.infer<typeof reviewSchema>;

const hookSchema = z.object({
  id: z.number(),
  url: z.string(),
  secret: z.string(),
  contentType: z.string(),
  events: z.array(z.string()),
  active: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Hook = z.infer<typeof hookSchema>;

const dataSchema = z.object({
  createdAt: z.string(),
  /** The last id, shared by labels, statuses, comments, reviews and webhooks. */
  lastId: z.number(),
  pulls: z.array(pullRequestSchema),
  labels: z.array(labelSchema),
  statuses: z.array(statusSchema),
  comments: z.array(commentSchema),
  /** Missing in files of earlier versions. */
  reviews: z.array(reviewSchema).default([]),
  hooks: z.array(hookSchema),
});
type ForgeData = z.infer<typeof dataSchema>;

/**
 * Persistent state of the sandbox's Gitea replacement, except for the Git repositories. It is one JSON file that is
 * replaced with each change.
 */
export class ForgeState {
  readonly #file: string;
  readonly data: Readonly<ForgeData>;

  /** Reads the state. @throws Error when the file is malformed. */
  static open(file: string): ForgeState {
    if (!existsSync(file)) {
      return new ForgeState(file, {
        createdAt: currentTime(),
        lastId: 0,
        pulls: [],
        labels: [],
        statuses: [],
        comments: [],
        reviews: [],
        hooks: [],
      });
    }
    try {
      const content: unknown = JSON.parse(readFileSync(file, 'utf8'));
      return new ForgeState(file, dataSchema.parse(content));
    } catch (error) {
      throw new Error(
        'The sandbox forge cannot read its state (forge.json). Start with --reset to delete it.',
        { cause: error },
      );
    }
  }

  private constructor(file: string, data: ForgeData) {
    this.#file = file;
    this.data = data;
  }

  /**
   * Changes the data synchronously and writes it to the file.
   *
   * @param change - mutates the data; `nextId` returns a new id.
   * @returns the result of `change`.
   */
  update<T>(change: (data: ForgeData, nextId: () => number) => T): T {
    const data = this.data as ForgeData;
    const result = change(data, () => {
      data.lastId += 1;
      return data.lastId;
    });
    const temporaryFile = `${this.#file}.new`;
    writeFileSync(temporaryFile, JSON.stringify(data, undefined, 1));
    renameSync(temporaryFile, this.#file);
    return result;
  }
}

/** Returns the current time as ISO 8601 with whole seconds, as Gitea does. */
export function currentTime(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
