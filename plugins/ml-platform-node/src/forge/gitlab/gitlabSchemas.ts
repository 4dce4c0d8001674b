import { z } from 'zod';
import type { CommitCheck, PullRequest, Review } from '../Forge';
import { toTime } from '../rest/toTime';
import { webAddressSchema } from '../rest/webAddress';

const timeSchema = z.iso.datetime({ offset: true });
const userSchema = z.object({ username: z.string() });

/** As in all schemas of this file, only the fields that the portal reads. */
export const gitlabMergeRequestSchema = z.object({
  iid: z.number().int(),
  web_url: webAddressSchema,
  title: z.string(),
  description: z.string().nullish(),
  /** `locked` while it is being merged. */
  state: z.enum(['opened', 'closed', 'locked', 'merged']),
  source_branch: z.string(),
  target_branch: z.string(),
  /** Null when the fork was deleted. */
  source_project_id: z.number().int().nullish(),
  target_project_id: z.number().int(),
  sha: z.string().nullish(),
  labels: z.array(z.string()),
  author: userSchema.nullish(),
  created_at: timeSchema,
  updated_at: timeSchema,
  closed_at: timeSchema.nullish(),
  merged_at: timeSchema.nullish(),
  merge_user: userSchema.nullish(),
  merge_commit_sha: z.string().nullish(),
  squash_commit_sha: z.string().nullish(),
});
type GitlabMergeRequest = z.infer<typeof gitlabMergeRequestSchema>;

export const gitlabDiffSchema = z.object({
  old_path: z.string(),
  new_path: z.string(),
});

export const gitlabStatusSchema = z.object({
  name: z.string(),
  status: z.string(),
  description: z.string().nullish(),
  target_url: z.string().nullish(),
  allow_failure: z.boolean().nullish(),
  created_at: timeSchema,
  finished_at: timeSchema.nullish(),
});
type GitlabStatus = z.infer<typeof gitlabStatusSchema>;

export const gitlabReviewersSchema = z.array(
  z.object({ user: userSchema, state: z.string(), created_at: timeSchema }),
);
type GitlabReviewers = z.infer<typeof gitlabReviewersSchema>;

export const gitlabApprovalsSchema = z.object({
  approved_by: z.array(
    z.object({
      user: userSchema,
      /** Since GitLab 18. */
      approved_at: timeSchema.nullish(),
    }),
  ),
});
type GitlabApprovals = z.infer<typeof gitlabApprovalsSchema>;

const states = {
  opened: 'open',
  locked: 'open',
  closed: 'closed',
  merged: 'merged',
} as const;

export function toPullRequest(gitlab: GitlabMergeRequest): PullRequest {
  const { merged_at: at, merge_user: by } = gitlab;
  // A fast-forward merge makes no commit of its own.
  const commit =
    gitlab.merge_commit_sha ?? gitlab.squash_commit_sha ?? gitlab.sha;
  return {
    number: gitlab.iid,
    url: gitlab.web_url,
    title: gitlab.title,
    body: gitlab.description ?? '',
    state: states[gitlab.state],
    branch: gitlab.source_branch,
    headCommit: gitlab.sha ?? '',
    fromFork: gitlab.source_project_id !== gitlab.target_project_id,
    baseBranch: gitlab.target_branch,
    labels: gitlab.labels,
    author: gitlab.author?.username ?? '',
    createdAt: toTime(gitlab.created_at),
    updatedAt: toTime(gitlab.updated_at),
    ...((gitlab.closed_at ?? at) && {
      closedAt: toTime(gitlab.closed_at ?? at ?? ''),
    }),
    ...(at &&
      commit && { merge: { commit, at: toTime(at), by: by?.username } }),
  };
}

const checkStates: Record<string, CommitCheck['state']> = {
  success: 'passed',
  failed: 'failed',
  canceled: 'failed',
  canceling: 'failed',
  skipped: 'skipped',
  // Waits for a person who may never start it.
  manual: 'skipped',
};

export function toCheck(status: GitlabStatus): CommitCheck {
  // `created`, `pending`, `running`, `preparing`, `scheduled`, `waiting_for_…`.
  const state = checkStates[status.status] ?? 'running';
  return {
    name: status.name,
    state: state === 'failed' && status.allow_failure ? 'passed' : state,
    at: toTime(status.finished_at ?? status.created_at),
    text: status.description ?? '',
    link: status.target_url ?? '',
  };
}

/**
 * Joins approvals, and reviewers who request changes. GitLab takes approvals back when commits are pushed, where the project says so;
 * one that is there counts.
 *
 * @param updatedAt - time of approvals of GitLab before 18, which does not tell.
 */
export function toReviews(
  { approved_by: approvals }: GitlabApprovals,
  reviewers: GitlabReviewers,
  updatedAt: string,
): Review[] {
  const approved = approvals.map(
    ({ user, approved_at: at }): Review => ({
      by: user.username,
      decision: 'approved',
      at: at ? toTime(at) : updatedAt,
      stale: false,
    }),
  );
  const requested = reviewers
    .filter(({ state }) => state === 'requested_changes')
    .map(
      ({ user, created_at: at }): Review => ({
        by: user.username,
        decision: 'changes-requested',
        at: toTime(at),
        stale: false,
      }),
    );
  return [...approved, ...requested];
}
