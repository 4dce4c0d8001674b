import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const pullSchema = z.object({
  number: z.number(),
  title: z.string(),
  body: z.string(),
  poster: z.string(),
  base: z.string(),
  /** The branch; it may be gone by now. */
  head: z.string(),
  headCommit: z.string(),
  /** As of the merge or the closing; while it is open, as of the last push. */
  mergeBase: z.string(),
  labels: z.array(z.number()),
  createdAt: z.string(),
  updatedAt: z.string(),
  closedAt: z.string().optional(),
  merged: z
    .object({ at: z.string(), by: z.string(), commit: z.string() })
    .optional(),
});
export type Pull = z.infer<typeof pullSchema>;

const labelSchema = z.object({
  id: z.number(),
  name: z.string(),
  color: z.string(),
  description: z.string(),
  exclusive: z.boolean(),
});
export type Label = z.infer<typeof labelSchema>;

export const statusStates = [
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
  state: z.enum(statusStates),
  targetUrl: z.string(),
  description: z.string(),
  context: z.string(),
  creator: z.string(),
  createdAt: z.string(),
});
export type Status = z.infer<typeof statusSchema>;

const commentSchema = z.object({
  id: z.number(),
  pull: z.number(),
  poster: z.string(),
  body: z.string(),
  createdAt: z.string(),
});
export type Comment = z.infer<typeof commentSchema>;

export const reviewStates = ['APPROVED', 'REQUEST_CHANGES', 'COMMENT'] as const;

const reviewSchema = z.object({
  id: z.number(),
  pull: z.number(),
  reviewer: z.string(),
  state: z.enum(reviewStates),
  body: z.string(),
  /** The head that was reviewed. */
  commit: z.string(),
  createdAt: z.string(),
});
export type Review = z.infer<typeof reviewSchema>;

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
  /** The last number that was given away; labels, statuses, comments, reviews and hooks share the row. */
  lastId: z.number(),
  pulls: z.array(pullSchema),
  labels: z.array(labelSchema),
  statuses: z.array(statusSchema),
  comments: z.array(commentSchema),
  /** Absent in states that were written before there were reviews. */
  reviews: z.array(reviewSchema).default([]),
  hooks: z.array(hookSchema),
});
type ForgeData = z.infer<typeof dataSchema>;

/** What the forge remembers besides Git: one file, replaced as a whole at each change. */
export class ForgeState {
  readonly #file: string;
  readonly data: Readonly<ForgeData>;

  /** @throws Error when there is a file that cannot be read. */
  static open(file: string): ForgeState {
    if (!existsSync(file)) {
      return new ForgeState(file, {
        createdAt: now(),
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
        'The sandbox forge cannot read its state (forge.json). Start with --reset to forget it.',
        { cause: error },
      );
    }
  }

  private constructor(file: string, data: ForgeData) {
    this.#file = file;
    this.data = data;
  }

  /** Changes the data in one step, without waiting for anything in between, and writes it down. */
  update<T>(change: (data: ForgeData, nextId: () => number) => T): T {
    const data = this.data as ForgeData;
    const result = change(data, () => {
      data.lastId += 1;
      return data.lastId;
    });
    const scratch = `${this.#file}.new`;
    writeFileSync(scratch, JSON.stringify(data, undefined, 1));
    renameSync(scratch, this.#file);
    return result;
  }
}

/** Whole seconds, as Gitea has them. */
export function now(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
